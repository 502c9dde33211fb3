import { expect, test } from 'vitest'
import { lastValue } from './last-value.js'

test('a value is made once until another is asked for', () => {
  const made: string[] = []
  const kept = lastValue<number>()
  const at = (key: string) => kept(key, () => made.push(key))
  expect(['', '', 'b', 'b', '', 'b'].map(at)).toEqual([1, 1, 2, 2, 3, 4])
  expect(made).toEqual(['', 'b', '', 'b'])
})
