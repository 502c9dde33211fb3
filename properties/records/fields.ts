import { z } from 'zod'
import { oneOf } from '../../src/io/fields.js'
import type { RateVerdict } from '../../src/statistics/rate-rule.js'

/** What a sequential test of a success rate said. */
export const verdict = oneOf<RateVerdict>({ above: true, below: true, undecided: true })

/** A list with one entry for each of these, in their order, by what tells entries apart. */
export const listFor = <T>(entry: z.ZodType<T>, asked: readonly string[], nameOf: (one: T) => string) =>
  z.array(entry).superRefine((entries, context) => {
    const at = asked.findIndex((name, i) => entries[i] === undefined || nameOf(entries[i]) !== name)
    const where = at < 0 ? asked.length : at
    if (at < 0 && entries.length === asked.length) return
    const message = at < 0 ? `expected ${asked.length} entries` : `expected the entry of ${asked[at]}`
    context.addIssue({ code: 'custom', path: [where], message })
  })

/** Two of these in order. */
export const ends = (field: z.ZodType<number>) =>
  z.tuple([field, field]).refine(([low, high]) => low <= high, 'expected the lower end first')
