import fc from 'fast-check'
import { expect, test } from 'vitest'
import { failure, magnitude, relative, subset } from '../testing/regimes.js'
import { greedyGroupTesting } from './group-testing.js'
import { codeSuccess, idealConverse } from './ideal-converse.js'
import { idealSuccess } from './ideal-decoding.js'
import { type PlannedBound, plan } from './plan.js'
import { ampSparseLimit, basisPursuitSparseLimit, sparseLimit } from './sparse-limit.js'
import { ampDimension } from './state-evolution.js'
import { statisticalDimension } from './statistical-dimension.js'
import { topKLaw } from './top-k-law.js'

/** Sizes small and beyond all dictionaries, and every failure probability up to one half. */
const sizes = fc.tuple(
  fc.oneof(subset(2 ** 12, 200), subset(2 ** 40, 2000), subset(1e100, 1e6)),
  failure(1e-6),
)

/** The rows that are to be relied on: those with an answer, and no theorem against it. */
const relied = (N: number, k: number, p: number) =>
  plan({ N, k, p }).bounds.filter(({ reason }) => reason === undefined) as (PlannedBound & {
    dimension: number
  })[]

test('converse ≤ every law in its range ≤ every guarantee of the same problem', () => {
  fc.assert(
    fc.property(sizes, ([{ N, k }, p]) => {
      const rows = relied(N, k, p)
      const needed = rows.filter(({ kind, problem }) => kind === 'converse' && problem === undefined)
      const enough = rows.filter(({ kind }) => kind === 'guarantee')
      const usual = rows.filter(({ kind, problem }) => kind !== 'converse' && problem === undefined)
      expect(needed).not.toEqual([])
      for (const { id, decoder, kind, level, dimension } of usual) {
        for (const converse of needed)
          expect(Math.ceil(dimension), id).toBeGreaterThanOrEqual(converse.dimension)
        if (kind === 'guarantee' || level === undefined) continue
        for (const guarantee of enough.filter((row) => row.decoder === decoder))
          expect(Math.floor(dimension), `${id} ≤ ${guarantee.id}`).toBeLessThanOrEqual(guarantee.dimension)
      }
      const dimensionOf = (id: string) => rows.find((row) => row.id === id)!.dimension
      if (k < N) {
        expect(dimensionOf('counting-bound')).toBeLessThanOrEqual(dimensionOf('corollary-1'))
        if (N > 2) expect(dimensionOf('welch')).toBeLessThanOrEqual(dimensionOf('coherence-guarantee'))
      }
    }),
    { seed: 1, numRuns: 15 },
  )
})

test('no answer without a number, none missing without a reason, and a reason in words', () => {
  fc.assert(
    fc.property(sizes, ([{ N, k }, p]) => {
      for (const { id, dimension, reason } of plan({ N, k, p }).bounds) {
        if (dimension === null) expect(reason, id).toMatch(/^[a-z].{10,}/)
        else expect(Number.isFinite(dimension), id).toBe(true)
      }
    }),
    { seed: 2, numRuns: 12 },
  )
})

test('no two laws, and no two asymptotes, say where the same success is passed for the same decoder', () => {
  for (const kind of ['law', 'asymptote']) {
    const said = plan({ N: 2 ** 16, k: 28, p: 0.1 })
      .bounds.filter((row) => row.kind === kind)
      .map(({ decoder, problem, level }) => `${decoder}/${problem}/${level}`)
    expect(new Set(said).size).toBe(said.length)
  }
})

test('at the sizes of the paper hardly a law is out of its range: those that are, and where', () => {
  const out = new Map<string, number>()
  for (const N of [2 ** 8, 2 ** 14, 2 ** 20])
    for (const k of [1, 2, 5, 28, 100])
      for (const { id, dimension, reason } of plan({ N, k, p: 0.01 }).bounds)
        if (dimension !== null && reason !== undefined) out.set(id, Math.max(out.get(id) ?? 0, k))
  expect(Object.fromEntries(out)).toEqual({
    'amp-state-evolution': 1,
    'bpdn-0.8': 1,
    'information-limit': 100,
    'threshold-finite': 1,
  })
})

/**
 * Asymptotes whose logarithm of what is outside turns back towards k = N, and the bound of a dictionary of any width.
 */
const turning = ['information-limit', 'welch', 'lasso-law', 'omp-law']

test('more codewords need more dimensions, and a lower failure probability no fewer', () => {
  fc.assert(
    fc.property(
      magnitude(16, 1e60).chain((N) =>
        fc.record({ N: fc.constant(N), k: fc.integer({ min: 1, max: Math.min(40, Math.floor(N / 4)) }) }),
      ),
      failure(1e-6),
      ({ N, k }, p) => {
        const [here, larger, surer] = [relied(N, k, p), relied(2 * N, k, p), relied(N, k, p / 2)]
        for (const { id, dimension } of here) {
          const then = (rows: typeof here) => rows.find((row) => row.id === id)?.dimension ?? Infinity
          if (!turning.includes(id))
            expect(then(larger), `${id} in N`).toBeGreaterThanOrEqual(dimension * (1 - 1e-9))
          expect(then(surer), `${id} in p`).toBeGreaterThanOrEqual(dimension * (1 - 1e-9))
        }
      },
    ),
    { seed: 3, numRuns: 8 },
  )
})

test('the sharper converse at the reference point, with its bar; between Chernoff’s form of it and 1', () => {
  expect(idealConverse(2 ** 20, 28)).toEqual([134, 134])
  expect(codeSuccess(2 ** 20, 28, 125)).toBeCloseTo(0.0085, 4)
  for (const [N, k] of [
    [2 ** 20, 28],
    [2 ** 12, 3],
    [2 ** 40, 100],
  ]) {
    const [low, high] = idealConverse(N, k)
    expect(high - low).toBeLessThanOrEqual(Math.max(1, 0.002 * low))
    for (const d of [low - 3, low, high + 3])
      expect(codeSuccess(N, k, d)).toBeLessThanOrEqual(Math.exp(idealSuccess(N, k, d)) + 2e-9)
    expect(codeSuccess(N, k, low - 1)).toBeLessThan(0.5)
    expect(codeSuccess(N, k, high)).toBeGreaterThan(0.49)
  }
  for (const [low, high] of [idealConverse(1e100, 1e50), idealConverse(2 ** 40, 5000)])
    expect(high / low).toBeLessThan(1.003)
  expect([idealConverse(9, 0), idealConverse(9, 9), codeSuccess(9, 9, 2), codeSuccess(9, 2, 1e6)]).toEqual([
    [0, 0],
    [0, 0],
    1,
    1,
  ])
  for (const d of [0, 0.5, Number.NaN, Infinity]) expect(() => codeSuccess(64, 4, d)).toThrow(/d must be/)
})

test('the sparse limit is approached from below, by AMP and by basis pursuit', () => {
  for (const law of [ampDimension, (N: number, k: number) => statisticalDimension(N, k, 2).dimension]) {
    const shares = [2 ** 20, 2 ** 60, 1e100, 1e300].map((N) => law(N, 28) / sparseLimit(N, 28))
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    expect(shares[3]).toBeGreaterThan(0.87)
    expect(shares[3]).toBeLessThan(1)
  }
  expect(sparseLimit(2 ** 20, 28)).toBeCloseTo(2 * 28 * Math.log((2 ** 20 - 28) / 28), 9)
  expect([sparseLimit(9, 0), sparseLimit(9, 5), sparseLimit(9, 9)]).toEqual([0, 0, 0])
  for (const { silent } of [ampSparseLimit, basisPursuitSparseLimit])
    expect([silent!({ N: 9, k: 4, p: 0.1 }), silent!({ N: 8, k: 4, p: 0.1 })]).toEqual([
      undefined,
      expect.any(String),
    ])
})

test('greedy group testing: sums of counts are as far apart over that many pools as top-k’s scores at its law', () => {
  const [N, k, pools, runs] = [400, 20, 300, 12]
  let state = 1
  const random = () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
  const sums = { member: [0, 0, 0], other: [0, 0, 0] }
  for (let run = 0; run < runs; run++) {
    const drawn = Array.from({ length: pools }, () => {
      const times = new Uint8Array(N)
      for (let draw = 0; draw < N / 2; draw++) times[Math.floor(random() * N)]++
      return times
    })
    const counts = drawn.map((times) => times.subarray(0, k).reduce((sum, x) => sum + x, 0))
    const mean = counts.reduce((sum, x) => sum + x, 0) / pools
    for (let i = 0; i < N; i++) {
      const score = counts.reduce((sum, count, a) => sum + (drawn[a][i] > 0 ? count - mean : 0), 0)
      const into = i < k ? sums.member : sums.other
      into[0]++
      into[1] += score
      into[2] += score * score
    }
  }
  const meanOf = ([n, sum]: number[]) => sum / n
  const spread = Math.sqrt(sums.other[2] / sums.other[0] - meanOf(sums.other) ** 2)
  const apart = (meanOf(sums.member) - meanOf(sums.other)) / spread
  // Top-k's are √(d/k) apart, so that pools·k/apart² is worth k² of its dimensions.
  expect(relative(pools / (k * apart ** 2), greedyGroupTesting(N, k) / topKLaw(N, k))).toBeLessThan(0.06)
})
