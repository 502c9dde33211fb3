import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evenly } from '../../arbitraries/evenly.js'
import { dictionaryOfSigns, type RademacherDictionary, rademacherDictionary } from '../../codes/rademacher.js'
import { randomSubset, sameSubset } from '../../codes/subset.js'
import { builtInDecoder, conditionalOf } from '../../decoders/built-in.js'
import type { Bar, MemberRule } from '../../decoders/member-rules/bar.js'
import { Members } from '../../decoders/member-rules/members.js'
import { thresholdRule } from '../../decoders/member-rules/threshold.js'
import { threshold } from '../../decoders/one-step/threshold.js'
import { stream } from '../../random/stream.js'

/** Scores at each bar of all codewords. */
function scoresAt(dictionary: RademacherDictionary, subset: readonly number[], bar: Bar): number[] {
  const rows = subset.map((m) => dictionary.signs(m))
  return Array.from({ length: dictionary.size }, (_, i) => {
    const signs = dictionary.signs(i)
    return rows.reduce(
      (sum, row, m) => sum + bar.weights[m] * row.reduce((inner, sign, j) => inner + sign * signs[j], 0),
      0,
    )
  })
}

/**
 * What the rule says of this dictionary: success iff no non-member crosses a bar. Undefined if rounding would decide.
 */
function predict(rule: MemberRule, dictionary: RademacherDictionary, subset: readonly number[]) {
  const members = subset.map((m) => dictionary.signs(m))
  const bars = rule(
    new Members(subset.length > 0 ? dictionaryOfSigns(members) : dictionary, subset),
    dictionary.size,
  )
  if (!bars) return false
  let success = true
  for (const bar of bars) {
    const integral = Array.from(bar.weights).every(Number.isInteger)
    const scores = scoresAt(dictionary, subset, bar)
    const near = scores.filter((score) => Math.abs(Math.abs(score) - Math.abs(bar.score)) < 1e-9).length
    if (!integral && near > 1) return undefined
    scores.forEach((score, i) => {
      if (subset.includes(i)) return
      const tied = score === bar.score && i < bar.position
      if (score > bar.score || (integral && tied)) success = false
    })
  }
  return success
}

const decode = (name: string, dictionary: RademacherDictionary, subset: readonly number[]) =>
  sameSubset(
    builtInDecoder(name)!.decodeMany!(dictionary, [dictionary.superpose(subset)], subset.length)[0],
    subset,
  )

const shapes = fc.record({
  size: fc.integer({ min: 1, max: 14 }),
  d: fc.integer({ min: 1, max: 12 }),
  seed: fc.nat(),
})

/** Dictionaries full of ties, repeated codewords and opposite ones; and a subset. */
const adversarial = shapes.chain(({ size, d, seed }) =>
  fc
    .array(fc.array(fc.constantFrom(1, -1), { minLength: d, maxLength: d }), {
      minLength: 1,
      maxLength: size,
    })
    .chain((distinct) => fc.array(fc.constantFrom(...distinct), { minLength: size, maxLength: size }))
    .chain((rows) =>
      fc.integer({ min: 0, max: size }).map((k) => ({
        dictionary: dictionaryOfSigns(rows),
        subset: randomSubset(size, k, stream('bridge', seed)),
      })),
    ),
)

test.each(['threshold', 'map-threshold', 'top-k', 'matching-pursuit'])(
  '%s succeeds iff no non-member crosses a bar of its path, on any dictionary',
  (name) => {
    const seen = [0, 0]
    fc.assert(
      fc.property(adversarial, ({ dictionary, subset }) => {
        const success = decode(name, dictionary, subset)
        seen[Number(success)]++
        expect(predict(conditionalOf(name).rule, dictionary, subset)).toBe(success)
      }),
      { seed: 1, numRuns: 160 },
    )
    expect(Math.min(...seen)).toBeGreaterThan(15)
  },
)

test('so does threshold decoding at any τ', () => {
  fc.assert(
    fc.property(adversarial, evenly(-1, 4), ({ dictionary, subset }, tau) => {
      const code = dictionary.superpose(subset)
      const success = sameSubset(threshold(tau).decodeMany!(dictionary, [code], subset.length)[0], subset)
      expect(
        predict(
          thresholdRule(() => tau),
          dictionary,
          subset,
        ),
      ).toBe(success)
    }),
    { seed: 2, numRuns: 160 },
  )
})

test.each([
  'matching-pursuit-projection',
  'orthogonal-matching-pursuit',
  'orthogonal-matching-pursuit-magnitude',
])('%s, on real residuals, wherever rounding does not decide', (name) => {
  const seen = [0, 0]
  const instances = fc.record({
    N: fc.integer({ min: 10, max: 60 }),
    d: fc.integer({ min: 6, max: 30 }),
    k: fc.integer({ min: 2, max: 6 }),
    seed: fc.nat(),
  })
  fc.assert(
    fc.property(instances, ({ N, d, k, seed }) => {
      const dictionary = rademacherDictionary(N, d, [seed, 11])
      const subset = randomSubset(N, k, stream('bridge', seed))
      const predicted = predict(conditionalOf(name).rule, dictionary, subset)
      if (predicted === undefined) return
      const success = decode(name, dictionary, subset)
      seen[Number(success)]++
      expect(predicted).toBe(success)
    }),
    { seed: 3, numRuns: 100 },
  )
  expect(Math.min(...seen)).toBeGreaterThan(10)
})
