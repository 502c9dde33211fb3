import fc from 'fast-check'
import { expect, test } from 'vitest'
import { integerFromText } from './parse-integer.js'
import { exactText } from './quantity-text.js'

test('an integer is told exactly, however large, and read back', () => {
  const large = fc.double({ min: 0, max: 1e300, noNaN: true }).map(Math.floor)
  fc.assert(
    fc.property(
      fc.oneof(
        large,
        fc.maxSafeNat(),
        fc.integer({ min: 53, max: 1023 }).map((n) => 2 ** n),
      ),
      (value) => {
        const text = exactText(value)
        expect(text).toMatch(/^\d+(\^\d+)?$/)
        expect(integerFromText(text)).toBe(value)
      },
    ),
    { seed: 1 },
  )
  expect([2 ** 60, 2 ** 60 + 2 ** 10, -(2 ** 60), 1.5, Number.NaN, Infinity].map(exactText)).toEqual([
    '2^60',
    '1152921504606848000',
    '-2^60',
    '1.5',
    'NaN',
    'Infinity',
  ])
})
