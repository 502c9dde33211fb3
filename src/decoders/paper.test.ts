import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { trial } from '../arbitraries/trial.js'
import { givenDictionary } from '../codes/dense.js'
import type { Dictionary } from '../codes/problem.js'
import { dictionaryOfSigns, rademacherDictionary } from '../codes/rademacher.js'
import { matchingPursuitReference, thresholdReference, topKReference } from '../testing/reference/decoders.js'
import { matchingPursuit, pursue } from './greedy/matching-pursuit.js'
import { largest } from './largest.js'
import { threshold } from './one-step/threshold.js'
import { topK } from './one-step/top-k.js'

/** A problem in integers: rows of F (d × N), x = Fy, and the dictionary whose codewords are F's columns over `unit`. */
interface IntegerProblem {
  readonly F: number[][]
  readonly x: number[]
  readonly code: Float64Array
  readonly k: number
  readonly dictionary: Dictionary
}

const transposed = (rows: readonly ArrayLike<number>[]): number[][] =>
  Array.from(rows[0], (_, j) => rows.map((row) => row[j]))

/** Sign dictionaries: drawn ones of any k, with repeated and negated codewords, tiny d. */
const ofSigns: fc.Arbitrary<IntegerProblem> = trial({ N: { max: 40 }, d: { max: 130 } }).map(
  ({ problem: { dictionary, code, k }, subset }) => {
    const rows = Array.from({ length: dictionary.size }, (_, i) => dictionary.codeword(i).map(Math.sign))
    const F = transposed(rows)
    return { F, x: F.map((row) => subset.reduce((sum, i) => sum + row[i], 0)), code, k, dictionary }
  },
)

/** Given real dictionaries whose entries are integers, of any norm: every score is exact. */
const ofIntegers: fc.Arbitrary<IntegerProblem> = fc
  .record({ N: fc.integer({ min: 1, max: 12 }), d: fc.integer({ min: 1, max: 9 }) })
  .chain(({ N, d }) => {
    const row = fc.array(fc.integer({ min: -2, max: 2 }), { minLength: d, maxLength: d })
    return fc.record({
      rows: fc.array(row, { minLength: N, maxLength: N }),
      subset: fc.uniqueArray(fc.nat(N - 1), { maxLength: N }),
    })
  })
  .map(({ rows, subset }) => {
    const dictionary = givenDictionary(rows)
    const code = dictionary.superpose(subset)
    return { F: transposed(rows), x: [...code], code, k: subset.length, dictionary }
  })

const ascending = (indices: readonly number[]) => indices.toSorted((a, b) => a - b)

describe.each([
  ['signs', ofSigns, 300],
  ['given integers', ofIntegers, 600],
] as const)('over %s the fast decoders answer as their definitions', (kind, problems, numRuns) => {
  const read = (decoder: ReturnType<typeof topK>, { dictionary, code, k }: IntegerProblem) =>
    decoder.decodeMany!(dictionary, [code], k)[0]

  /** The squared norm of a codeword of norm 1. */
  const unitOf = ({ F }: IntegerProblem) => (kind === 'signs' ? F.length : 1)

  test('threshold, for any τ', () => {
    let onTheBar = 0
    const eighths = fc.integer({ min: -20, max: 20 }).map((n) => n / 8)
    fc.assert(
      fc.property(problems, eighths, fc.nat(), (problem, eighth, pick) => {
        const { F, x, dictionary, code } = problem
        const d = F.length
        const scores = dictionary.correlate(code)
        for (const tau of [0.5, eighth, scores[pick % scores.length]]) {
          // The reference is in units where codewords have norm 1; integers are taken as they are.
          const reference =
            kind === 'signs' ? thresholdReference(F, x, tau) : thresholdReference(F, x, tau / d, 1)
          if (scores.includes(tau)) onTheBar++
          expect(read(threshold(tau), problem)).toEqual(reference)
        }
      }),
      { seed: 1, numRuns: numRuns / 3 },
    )
    expect(onTheBar).toBeGreaterThan(50)
  })

  test('top-k, the lowest index first among ties', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const { F, x, k } = problem
        expect(read(topK(), problem)).toEqual(topKReference(F, x, k, unitOf(problem)))
      }),
      { seed: 2, numRuns },
    )
  })

  test('matching pursuit, the lowest index first among ties', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const { F, x, k } = problem
        const reference = matchingPursuitReference(F, x, k, unitOf(problem))
        expect(ascending(read(matchingPursuit('unit'), problem))).toEqual(reference)
      }),
      { seed: 3, numRuns: numRuns / 3 },
    )
  })
})

test('several codes at a time, and a dictionary that takes them one by one, give the same answers', () => {
  fc.assert(
    fc.property(trial({ N: { min: 4, max: 40 }, k: { max: 4 } }), ({ problem: { dictionary, code, k } }) => {
      const codes = [code, dictionary.superpose([0]), dictionary.superpose([1, 2, 3])]
      const users: Dictionary = {
        size: dictionary.size,
        dimension: dictionary.dimension,
        codeword: (i) => dictionary.codeword(i),
        correlate: (v) => dictionary.correlate(v),
        superpose: (subset) => dictionary.superpose(subset),
      }
      for (const decoder of [threshold(), topK(), matchingPursuit('unit'), matchingPursuit('projection')]) {
        const together = decoder.decodeMany!(dictionary, codes, k)
        expect(together).toEqual(codes.map((one) => decoder.decodeMany!(dictionary, [one], k)[0]))
        expect(together).toEqual(decoder.decodeMany!(users, codes, k))
      }
    }),
    { seed: 4, numRuns: 30 },
  )
})

test('the projection step takes the whole inner product off: nothing of the codeword is left in the residual', () => {
  const dictionary = givenDictionary([
    [1, 0, 0],
    [0.6, 0.8, 0],
    [0, 0, 1],
  ])
  const code = dictionary.superpose([1, 2])
  expect(pursue(dictionary, [code], 2, 'projection')).toEqual([[1, 2]])
  const signs = rademacherDictionary(30, 24, [3, 1])
  const [picks] = pursue(signs, [signs.superpose([1, 2, 3])], 4, 'projection')
  const residual = signs.superpose([1, 2, 3])
  for (const pick of picks) {
    const codeword = signs.codeword(pick)
    const score = signs.correlate(residual)[pick]
    expect(score).toBe(Math.max(...signs.correlate(residual)))
    residual.forEach((entry, j) => {
      residual[j] = entry - score * codeword[j]
    })
    expect(Math.abs(signs.correlate(residual)[pick])).toBeLessThan(1e-10)
  }
})

describe('the tie rule: the lowest index', () => {
  const same = dictionaryOfSigns(Array.from({ length: 6 }, () => [1, -1, 1]))
  const read = (decoder: ReturnType<typeof topK>, k: number) =>
    decoder.decodeMany!(same, [same.superpose([3, 4, 5].slice(0, k))], k)[0]

  test.each([0, 1, 3])('codewords all alike, k = %i', (k) => {
    expect(read(topK(), k)).toEqual([0, 1, 2].slice(0, k))
    expect(read(matchingPursuit(), k)).toEqual([0].slice(0, k))
    expect(read(threshold(), k)).toEqual(k === 0 ? [] : [0, 1, 2, 3, 4, 5])
  })

  test('largest keeps it for every list and k', () => {
    const scores = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 40 })
    fc.assert(
      fc.property(scores, fc.nat(45), (list, k) => {
        const sorted = list.map((_, i) => i).sort((a, b) => list[b] - list[a] || a - b)
        expect(largest(list, k)).toEqual(sorted.slice(0, k))
      }),
      { seed: 5, numRuns: 500 },
    )
  })
})
