import fc from 'fast-check'
import { expect, test } from 'vitest'
import { failure, subset } from '../testing/regimes.js'
import { fittedLaws } from './fitted-rules.js'
import { bounds, boundsOf, plan } from './plan.js'

test('ids are unique, and every row says what it is', () => {
  expect(new Set(bounds.map(({ id }) => id)).size).toBe(bounds.length)
  for (const { id, source, statement, decoder } of bounds) {
    expect(id).toMatch(/^[a-z0-9.-]+$/)
    for (const text of [source, statement, decoder]) expect(text).not.toBe('')
  }
})

test('the reference point: exact rows as whole numbers, laws as real ones', () => {
  const { bounds, ...rest } = plan({ N: 2 ** 20, k: 28, p: 0.01 })
  expect(rest).toEqual({ N: 2 ** 20, k: 28, p: 0.01, entropyBits: expect.closeTo(462.0553, 4) })
  const row = Object.fromEntries(bounds.map((bound) => [bound.id, bound]))
  expect(row['proposition-3']).toEqual({
    id: 'proposition-3',
    kind: 'guarantee',
    decoder: 'threshold',
    level: 'reliable',
    source: 'Proposition 3, Section 3.3',
    statement: 'Threshold decoding recovers a given k-subset with probability ≥ 1 − p',
    dimension: 4137,
    dimsPerBit: 4137 / rest.entropyBits,
  })
  const dimensions = (ids: string[]) => ids.map((id) => Math.round(row[id].dimension! * 10) / 10)
  expect(
    dimensions([
      'counting-bound',
      'ideal-converse',
      'proposition-1',
      'ideal-decoding',
      'threshold-union',
      'corollary-1',
      'welch',
    ]),
  ).toEqual([134, 134, 188, 145, 3541, 202781, 3017])
  expect(dimensions(['threshold-d50', 'map-threshold-d50', 'top-k-d50'])).toEqual([2619.8, 1430.4, 1297.4])
  expect(dimensions(['threshold-finite', 'map-threshold-finite', 'top-k-finite'])).toEqual([
    3536.6, 2387.9, 1940.5,
  ])
  expect(dimensions(['basis-pursuit', 'basis-pursuit-non-negative', 'amp-state-evolution'])).toEqual([
    428.4, 396, 321.9,
  ])
  expect(
    dimensions(['amp-soft-state-evolution', 'amp-soft-signed-state-evolution', 'basis-pursuit-unit']),
  ).toEqual([396, 428.4, 396])
})

test('a plan is sane JSON for every N, k and p, the corners included', () => {
  const anywhere = fc.oneof(
    subset(1e100, 1e100),
    fc
      .constantFrom(1, 2, 3, 2 ** 20, 2 ** 53, 1e100)
      .chain((N) => fc.record({ N: fc.constant(N), k: fc.constantFrom(0, 1, N - 1, N) })),
  )
  fc.assert(
    fc.property(anywhere, failure(1e-100), (shape, p) => {
      const answer = plan({ ...shape, p })
      expect(JSON.parse(JSON.stringify(answer))).toEqual(answer)
      for (const { kind, dimension, dimsPerBit, reason } of answer.bounds) {
        if (dimension === null) expect(reason).toMatch(/\S/)
        expect(dimension ?? 0).toBeGreaterThanOrEqual(0)
        expect(dimsPerBit === null).toBe(answer.entropyBits === 0 || dimension === null)
        if (kind === 'guarantee' || kind === 'converse') expect(Number.isInteger(dimension ?? 0)).toBe(true)
      }
    }),
    { seed: 1, numRuns: 15 },
  )
})

test('a row without an answer says why, and which those are', () => {
  const missing = (N: number, k: number) =>
    plan({ N, k, p: 0.1 }).bounds.flatMap(({ id, dimension }) =>
      dimension === null && !id.endsWith('-fit') ? [id] : [],
    )
  const limits = ['amp-sparse-limit', 'basis-pursuit-sparse-limit']
  const coupled = 'coupled-state-evolution-equal-counts'
  const outside = ['lasso-law', 'omp-law', 'threshold-asymptote']
  expect(missing(2 ** 20, 28)).toEqual([coupled])
  expect(missing(2 ** 20, 2 ** 20)).toEqual([coupled, ...limits, ...outside])
  expect(missing(2, 1)).toEqual(['information-limit', coupled, ...limits, ...outside])
  expect(missing(2 ** 20, 1)).toEqual(['information-limit', coupled])
  expect(missing(2 ** 20, 0)).toEqual(['information-limit', coupled])
  expect(missing(1e100, 1e50)).toEqual(['ideal-decoding', 'threshold-union'])
  expect(missing(2 ** 20, 4096)).toEqual([])
  expect(missing(2 ** 20, 4097)).toEqual(['ideal-decoding'])
})

test('a fit says nothing beyond the sizes that it was fitted to', () => {
  const said = (N: number, k: number) =>
    plan({ N, k, p: 0.1 }).bounds.filter(({ id, dimension }) => id.endsWith('-fit') && dimension !== null)
  for (const [N, k] of [
    [2 ** 12 - 1, 28],
    [2 ** 20 + 1, 28],
    [2 ** 16, 9],
    [2 ** 16, 101],
  ])
    expect(said(N, k)).toEqual([])
  for (const [N, k] of [
    [2 ** 12, 10],
    [2 ** 20, 100],
  ])
    expect(said(N, k)).toHaveLength(fittedLaws.length)
})

test('a converse is not rounded past a whole number', () => {
  for (const b of [29, 31, 47]) {
    const [counting] = plan({ N: 2 ** b, k: 1, p: 0.01 }).bounds
    expect(counting).toMatchObject({ id: 'counting-bound', dimension: b, dimsPerBit: 1 })
  }
})

test.each([
  [{ N: 2.5, k: 1, p: 0.1 }, 'N must be an integer ≥ 1, not 2.5'],
  [{ N: 0, k: 0, p: 0.1 }, 'N must be an integer ≥ 1, not 0'],
  [{ N: Number.NaN, k: 0, p: 0.1 }, 'N must be an integer ≥ 1, not NaN'],
  [{ N: Infinity, k: 0, p: 0.1 }, 'N must be an integer ≥ 1, not Infinity'],
  [{ N: 10, k: -1, p: 0.1 }, 'k must be an integer ≥ 0, not -1'],
  [{ N: 10, k: 0.5, p: 0.1 }, 'k must be an integer ≥ 0, not 0.5'],
  [{ N: 10, k: 11, p: 0.1 }, 'k must be at most N = 10, not 11'],
  [{ N: 10, k: 1, p: 0 }, 'p must lie strictly between 0 and 1, not 0'],
  [{ N: 10, k: 1, p: 1 }, 'p must lie strictly between 0 and 1, not 1'],
])('%o is refused in one line', (parameters, message) => {
  expect(() => plan(parameters)).toThrow(new RangeError(message))
})

test('what is said of a decoder is all that names it, in the order of the plan', () => {
  const keys = [...new Set(bounds.map(({ decoder }) => decoder))]
  expect(new Set(keys.flatMap(boundsOf))).toEqual(new Set(bounds))
  expect(boundsOf('threshold').every(({ decoder }) => decoder === 'threshold')).toBe(true)
  expect(boundsOf('no decoder')).toEqual([])
})
