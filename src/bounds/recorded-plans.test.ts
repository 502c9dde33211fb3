import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type Numbers, recordedPath, recordedPlans } from '../testing/reference/recorded-plans.js'
import { relative } from '../testing/regimes.js'

const recorded: Record<string, Numbers> = JSON.parse(readFileSync(recordedPath, 'utf8'))

test.each(Object.keys(recordedPlans))('a plan says what it said: %s', (name) => {
  const found = recordedPlans[name]()
  expect(Object.keys(found)).toEqual(Object.keys(recorded[name]))
  for (const [what, number] of Object.entries(recorded[name])) {
    if (number === null || number === 0) expect(found[what], what).toBe(number)
    else expect(relative(found[what]!, number), what).toBeLessThan(1e-6)
  }
})
