import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyText } from '../testing/any-text.js'
import { firstLine } from './first-line.js'

test.each([
  [new Error('out of range'), 'out of range'],
  [new Error('\n  first\r\nsecond'), 'first'],
  [new RangeError(), 'RangeError'],
  ['a text', 'a text'],
  [{ message: 'of another realm' }, 'of another realm'],
  [{ message: 7 }, '[object Object]'],
  [undefined, 'undefined'],
  [null, 'null'],
  [Symbol('s'), 'Symbol(s)'],
])('%o in one line', (thrown, line) => {
  expect(firstLine(thrown)).toBe(line)
})

test('what has no text is said to have none', () => {
  const refuse = () => {
    throw new Error('no')
  }
  const getter = Object.defineProperty(new Error(), 'message', { get: refuse })
  const trap = new Proxy({}, { get: refuse, getPrototypeOf: refuse })
  for (const thrown of [Object.create(null), { toString: refuse }, getter, trap])
    expect(firstLine(thrown)).toBe('a value that has no text')
})

test('whatever is thrown, it is one line of at most 500 characters, without half a character', () => {
  const thrown = fc.oneof(fc.anything({ withNullPrototype: true }), anyText(490))
  fc.assert(
    fc.property(thrown, (value) => {
      const line = firstLine(value)
      expect(line.length).toBeLessThanOrEqual(500)
      expect(line).not.toMatch(/[\r\n]/)
      expect(Buffer.from(line).toString()).toBe(line)
    }),
  )
  expect(firstLine('x'.repeat(500))).toHaveLength(500)
  expect(firstLine('x'.repeat(501))).toBe(`${'x'.repeat(499)}…`)
  expect(firstLine(`${'x'.repeat(498)}😀y`)).toBe(`${'x'.repeat(498)}…`)
})
