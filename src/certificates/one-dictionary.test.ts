import fc from 'fast-check'
import { abs, type Matrix, matrix, max, multiply, pinv, sum, transpose } from 'mathjs'
import { describe, expect, test } from 'vitest'
import { gaussianDictionary, givenDictionary } from '../codes/dense.js'
import { dictionaryOfSigns, rademacherDictionary } from '../codes/rademacher.js'
import { everySubset } from '../numerics/subsets.js'
import { babel } from './babel.js'
import { coherence } from './coherence.js'
import { exactRecovery } from './exact-recovery.js'
import { fuchs } from './fuchs.js'
import { uniformThreshold } from './uniform-threshold.js'

const instances = fc
  .record({
    N: fc.integer({ min: 2, max: 9 }),
    d: fc.integer({ min: 1, max: 40 }),
    seed: fc.nat(),
    dense: fc.boolean(),
  })
  .map(({ N, d, seed, dense }) =>
    dense ? gaussianDictionary(N, d, [seed, 1]) : rademacherDictionary(N, d, [seed, 1]),
  )
type Dictionary = ReturnType<typeof gaussianDictionary> | ReturnType<typeof rademacherDictionary>

const codewords = (dictionary: Dictionary, subset: readonly number[]) =>
  transpose(matrix(subset.map((i) => [...dictionary.codeword(i)])))
const gram = (dictionary: Dictionary) => {
  const F = codewords(
    dictionary,
    Array.from({ length: dictionary.size }, (_, i) => i),
  )
  return multiply(transpose(F), F).toArray() as number[][]
}
const total = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)

test('coherence and the babel function are what they are on the Gram matrix', () => {
  fc.assert(
    fc.property(instances, (dictionary) => {
      const others = gram(dictionary).map((row, i) => row.filter((_, j) => j !== i).map(Math.abs))
      expect(coherence(dictionary)).toBeCloseTo(Math.max(...others.flat()), 12)
      for (let m = 0; m < dictionary.size; m++) {
        const sums = others.map((row) => total(row.sort((a, b) => b - a).slice(0, m)))
        expect(babel(dictionary, m)).toBeCloseTo(Math.max(...sums), 12)
      }
    }),
    { seed: 1, numRuns: 60 },
  )
})

test('the uniform threshold certificate agrees with every subset', () => {
  const seen = { certified: 0, not: 0 }
  fc.assert(
    fc.property(instances, (dictionary) => {
      for (let k = 0; k <= Math.min(4, dictionary.size); k++) {
        let [nonMember, member] = [-Infinity, Infinity]
        for (const subset of everySubset(dictionary.size, k)) {
          const scores = dictionary.correlate(dictionary.superpose(subset))
          scores.forEach((score, i) => {
            if (subset.includes(i)) member = Math.min(member, score)
            else nonMember = Math.max(nonMember, score)
          })
        }
        const certificate = uniformThreshold(dictionary, k)
        expect(certificate.certified).toBe(nonMember < 0.5 && member >= 0.5)
        seen[certificate.certified ? 'certified' : 'not']++
        if (k < dictionary.size) expect(certificate.nonMember).toBeCloseTo(nonMember, 12)
        if (k > 0) expect(certificate.member).toBeCloseTo(member, 12)
        if (k > 0 && coherence(dictionary) < 1 / (2 * k)) expect(certificate.certified).toBe(true)
      }
    }),
    { seed: 2, numRuns: 100 },
  )
  expect(Math.min(seen.certified, seen.not)).toBeGreaterThan(80)
})

test('a tie with ½ is decided exactly: members may reach it, others may not', () => {
  const a = [1, 1, 1, 1]
  const b = [1, 1, 1, -1]
  const c = [1, -1, 1, -1]
  const bar = (rows: number[][], k: number) => uniformThreshold(dictionaryOfSigns(rows), k)
  expect(bar([a, b], 1)).toEqual({ certified: false, nonMember: 0.5, member: 1 })
  const opposite = b.map((sign) => -sign)
  expect(bar([a, opposite, c], 2)).toEqual({ certified: true, nonMember: -0.5, member: 0.5 })
})

test('exact recovery and Fuchs coefficients equal their formulas with a pseudo-inverse', () => {
  fc.assert(
    fc.property(instances, fc.integer({ min: 1, max: 4 }), (dictionary, size) => {
      const k = Math.min(size, dictionary.size - 1)
      const subset = Array.from({ length: k }, (_, m) => m)
      const outside = Array.from({ length: dictionary.size - k }, (_, m) => k + m)
      const F = codewords(dictionary, subset)
      fc.pre(Number.isFinite(exactRecovery(dictionary, subset)))
      const inverse = pinv(F)
      const rest = codewords(dictionary, outside)
      const weights = abs(multiply(inverse, rest)) as Matrix
      const norms = outside.map((_, m) => sum(weights.toArray().map((row) => (row as number[])[m])) as number)
      expect(exactRecovery(dictionary, subset)).toBeCloseTo(Math.max(...norms), 7)
      const ones = matrix(subset.map(() => 1))
      const scores = multiply(transpose(rest), multiply(transpose(inverse), ones))
      expect(fuchs(dictionary, subset)).toBeCloseTo(max(abs(scores) as Matrix) as number, 7)
      expect(fuchs(dictionary, subset, true)).toBeCloseTo(max(scores as Matrix) as number, 7)
      expect(fuchs(dictionary, subset)).toBeLessThanOrEqual(exactRecovery(dictionary, subset) + 1e-7)
    }),
    { seed: 3, numRuns: 100 },
  )
})

describe('edges', () => {
  const repeated = dictionaryOfSigns([
    [1, 1],
    [1, 1],
    [1, -1],
  ])
  test('dependent codewords have no guarantee', () => {
    expect(exactRecovery(repeated, [0, 1])).toBe(Infinity)
    expect(fuchs(repeated, [0, 1])).toBe(Infinity)
  })
  test('nothing outside', () => {
    expect(exactRecovery(repeated.prefix(2), [])).toBe(0)
    expect(uniformThreshold(givenDictionary([[1]]), 1)).toEqual({
      certified: true,
      nonMember: -Infinity,
      member: 1,
    })
  })
  test('wrong input is named', () => {
    expect(() => babel(repeated, 3)).toThrow('m must be an integer from 0 to 2, not 3')
    expect(() => uniformThreshold(repeated, 4)).toThrow('k must be an integer from 0 to 3, not 4')
    expect(() => coherence(givenDictionary([[1, 1]]))).toThrow(/codeword 0 has squared norm 2/)
    for (const certificate of [exactRecovery, fuchs]) {
      expect(() => certificate(repeated, [0, 0])).toThrow('the subset holds 0 twice')
      for (const i of [-1, 3, 0.5, Number.NaN])
        expect(() => certificate(repeated, [i])).toThrow(/^entry 0 of the subset must be/)
    }
  })
})
