import fc from 'fast-check'

/** Any character but half of one. As `fc.string({ unit: 'binary' })` has it, but without its tables of all of them. */
const character = fc
  .oneof(fc.nat({ max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff }))
  .map((point) => String.fromCodePoint(point))

/** Texts of any characters. */
export const anyText = (minLength = 0) => fc.string({ unit: character, minLength })
