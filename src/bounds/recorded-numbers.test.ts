import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type Numbers, recordedNumbers, recordedPath } from '../testing/reference/recorded-numbers.js'
import { relative } from '../testing/regimes.js'

const recorded: Record<string, Numbers> = JSON.parse(readFileSync(recordedPath, 'utf8'))

test.each(Object.keys(recordedNumbers))('bounds say what they said: %s', (name) => {
  const found = recordedNumbers[name]()
  expect(Object.keys(found)).toEqual(Object.keys(recorded[name]))
  for (const [what, number] of Object.entries(recorded[name])) {
    if (number === null || number === 0) expect(found[what], what).toBe(number)
    else expect(relative(found[what]!, number), what).toBeLessThan(1e-6)
  }
})
