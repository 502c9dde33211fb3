import { describe, expect, test } from 'vitest'
import { rademacherDictionary } from '../../codes/rademacher.js'
import type { Shape } from '../../codes/trial.js'
import { builtInDecoder, conditionalOf, hasConditional } from '../../decoders/built-in.js'
import type { MemberRule } from '../../decoders/member-rules/bar.js'
import { drawMembers, Members } from '../../decoders/member-rules/members.js'
import { Residual } from '../../decoders/member-rules/residual.js'
import type { Key } from '../../random/key.js'
import { tempFolder } from '../../testing/temp-folder.js'
import { simulationSampler } from '../trials/simulation-sampler.js'
import { openSampler } from '../workers/open-sampler.js'
import { trialThread } from '../workers/trial-thread.js'
import { clear, conditionalSampler } from './conditional-sampler.js'
import { unionTail } from './union-tail.js'

const files = tempFolder()

const momentsOf = (values: ArrayLike<number>) => {
  const mean = Array.from(values).reduce((a, b) => a + b, 0) / values.length
  const squares = Array.from(values).reduce((a, b) => a + (b - mean) ** 2, 0)
  return { mean, variance: squares / (values.length - 1) / values.length }
}

describe('conditional and simulated rates agree within four standard errors of both', () => {
  const cells: [string, Shape][] = [
    ['threshold', { N: 64, k: 3, d: 60 }],
    ['map-threshold', { N: 64, k: 3, d: 60 }],
    ['map-threshold', { N: 256, k: 6, d: 180 }],
    ['top-k', { N: 256, k: 4, d: 50 }],
    ['top-k', { N: 24, k: 5, d: 24 }],
    ['matching-pursuit', { N: 128, k: 4, d: 34 }],
    ['matching-pursuit', { N: 30, k: 6, d: 25 }],
    ['matching-pursuit-projection', { N: 128, k: 4, d: 32 }],
    ['orthogonal-matching-pursuit', { N: 128, k: 4, d: 32 }],
    ['orthogonal-matching-pursuit-magnitude', { N: 128, k: 4, d: 36 }],
  ]
  test.each(cells)('%s at %o', async (name, shape) => {
    const simulated = momentsOf(
      (await simulationSampler(builtInDecoder(name)!).run(shape, 's', 0, 1000)).values,
    )
    const sampler = conditionalSampler(name, conditionalOf(name))
    const conditional = momentsOf((await sampler.run(shape, 's', 0, 300)).values)
    expect(simulated.mean).toBeGreaterThan(0.2)
    expect(simulated.mean).toBeLessThan(0.95)
    const error = Math.sqrt(simulated.variance + conditional.variance)
    expect(Math.abs(simulated.mean - conditional.mean)).toBeLessThan(4 * error)
    expect(conditional.variance).toBeLessThan((conditional.mean * (1 - conditional.mean)) / 300)
  })
})

/** N, where a rule asks for it. */
const SIZE = 10

/** P(a random codeword crosses some bar), by going through all 2^d of them. */
function exhaustive(members: Members, rule: MemberRule): number {
  const bars = rule(members, SIZE)!
  const { d } = members
  const products = new Float64Array(members.k)
  let total = 0
  for (let pattern = 0; pattern < 2 ** d; pattern++) {
    members.correlateSigns(Int32Array.of(pattern, 0), products)
    let latest = 0
    for (const { weights, score, position } of bars) {
      const own = products.reduce((sum, product, m) => sum + weights[m] * product, 0)
      if (own > score + 1e-9) latest = 1
      else if (own > score - 1e-9) latest = Math.max(latest, Math.min(1, position))
    }
    total += latest
  }
  return total / 2 ** d
}

test.each(['threshold', 'map-threshold', 'top-k', 'matching-pursuit'])(
  '%s: the probability of a crossing is that of all 2^d codewords, without bias, to its stated variance',
  (name) => {
    const { rule } = conditionalOf(name)
    let [cases, error, variance] = [0, 0, 0]
    for (let seed = 0; seed < 60; seed++) {
      const k = 2 + (seed % 3)
      const members = new Members(rademacherDictionary(k, 11, [seed, 3]), [0.8, 0.3, 0.6, 0.1].slice(0, k))
      const bars = rule(members, SIZE)
      if (!bars) continue
      cases++
      const exact = exhaustive(members, rule)
      for (let i = 0; i < 20; i++) {
        const estimate = unionTail(members, bars, [seed, i])
        error += estimate.probability / exact - 1
        variance += estimate.relativeVariance
      }
    }
    expect(cases).toBeGreaterThan(10)
    expect(Math.abs(error)).toBeLessThan(1e-9 + 4 * Math.sqrt(variance))
    expect(variance > 0).toBe(name === 'matching-pursuit')
  },
)

test('the value for N is a power of the value for any other N, and costs no more at 10^100', async () => {
  const sampler = conditionalSampler('top-k', conditionalOf('top-k'))
  const at = async (N: number) => (await sampler.run({ N, k: 7, d: 300 }, '1', 0, 40)).values
  const few = await at(2 ** 10)
  const many = await at(2 ** 30)
  const power = (2 ** 30 - 7) / (2 ** 10 - 7)
  for (let t = 0; t < few.length; t++) expect(many[t]).toBeCloseTo(few[t] ** power, 8)
  expect(Array.from(await at(7))).toEqual(new Array(40).fill(1))
  expect(Math.max(...Array.from(await at(1e100)))).toBe(0)
  const wide = await sampler.run({ N: 1e100, k: 7, d: 12_000 }, '1', 0, 5)
  expect(Math.min(...Array.from(wide.values))).toBeGreaterThan(0.9)
})

test('the power of a survival probability holds its precision, and takes off the bias of an estimate', () => {
  expect(clear({ probability: 1e-40, relativeVariance: 0 }, 1e40)).toBeCloseTo(Math.exp(-1), 15)
  expect(clear({ probability: 0.25, relativeVariance: 0 }, 3)).toBeCloseTo(0.75 ** 3, 15)
  expect(clear({ probability: 1, relativeVariance: 0 }, 1)).toBe(0)
  expect(clear({ probability: 1, relativeVariance: 0 }, 0)).toBe(1)
  const [q, n] = [1e-3, 2000]
  const mean = [0.9, 1.1].reduce(
    (sum, factor) => sum + clear({ probability: factor * q, relativeVariance: 0.01 }, n) / 2,
    0,
  )
  expect(mean).toBeCloseTo((1 - q) ** n, 3)
})

test('members are the same for every N, and prefixes of each other across d', () => {
  const draw = (d: number, key: Key) => {
    const { code, gram, positions } = drawMembers(5, d, key)
    return { code, gram, positions }
  }
  const long = draw(300, [7, 8])
  const short = draw(77, [7, 8])
  expect(long.code.slice(0, 77)).toEqual(short.code)
  expect(draw(77, [7, 9]).gram).not.toEqual(short.gram)
  expect(long.positions).toEqual(short.positions)
})

test('sums of members are those of their rows, for more of them than fit a byte', () => {
  const dictionary = rademacherDictionary(300, 45, [1, 2])
  const every = Array.from({ length: 300 }, (_, i) => i)
  const members = new Members(dictionary, every)
  const code = dictionary.sum(every)
  expect(members.code).toEqual(code)
  const residual = new Residual(members)
  const weights = Float64Array.from(every, (i) => (i % 4) / 2 - 1)
  residual.move(weights)
  expect(Array.from(residual.entries)).toEqual(
    Array.from(code, (_, j) => every.reduce((sum, i) => sum + weights[i] * dictionary.signs(i)[j], 0)),
  )
  expect(Array.from(members.codeScores())).toEqual(
    every.map((i) => dictionary.signs(i).reduce((sum, sign, j) => sum + sign * code[j], 0)),
  )
})

test('a residual of whole weights is exact, also where it comes back from others', () => {
  const members = drawMembers(6, 90, [3, 4])
  const rows = Array.from({ length: 6 }, (_, m) => rademacherDictionary(6, 90, [3, 4]).signs(m))
  const residual = new Residual(members)
  for (const weights of [
    [0.3, 1, -0.7, 1, 1, 1 / 3],
    [1, 1, 1, 1, 1, 1],
    [0.1, 0.1, 0, 0, 0, 0.7],
    [0, -2, 1, 0, 0, 0],
  ]) {
    residual.move(Float64Array.from(weights))
    const expected = Array.from({ length: 90 }, (_, j) =>
      rows.reduce((sum, row, m) => sum + weights[m] * row[j], 0),
    )
    if (weights.every(Number.isInteger)) expect(Array.from(residual.entries)).toEqual(expected)
    else for (let j = 0; j < 90; j++) expect(residual.entries[j]).toBeCloseTo(expected[j], 12)
  }
})

test('in a worker thread the values are those of this thread', async () => {
  const shape = { N: 2 ** 40, k: 9, d: 400 }
  const thread = trialThread('matching-pursuit', { method: 'conditional' })
  const run = (shape: Shape) => thread.run({ shape, seed: 's', from: 3, trials: 50 })
  const here = conditionalSampler('matching-pursuit', conditionalOf('matching-pursuit'))
  const { values } = await run(shape)
  expect(Array.from(values)).toEqual(Array.from((await here.run(shape, 's', 3, 50)).values))
  await expect(run({ ...shape, k: -1 })).rejects.toThrow(RangeError)
  await expect(run({ ...shape, d: 0.5 })).rejects.toThrow(/d must be an integer ≥ 1, not 0.5/)
  await thread.close()
})

test('decoders without a rule are refused, with those that have one', async () => {
  expect(hasConditional('top-k')).toBe(true)
  expect(hasConditional('amp')).toBe(false)
  expect(() => conditionalOf('amp')).toThrow(
    "'amp' has no conditional method; threshold, top-k, matching-pursuit,",
  )
  const path = files.write(
    'mine.mjs',
    'export default { name: "mine", decode: ({ k }) => [...Array(k).keys()] }',
  )
  await expect(openSampler(path, { method: 'conditional' })).rejects.toThrow(
    expect.objectContaining({
      name: 'InputError',
      message: "a user's decoder has no conditional method; use --method simulation",
    }),
  )
})

test('strict ties: who ties with a bar has reached it, so rates can only fall, and are recorded apart', async () => {
  const shape = { N: 2 ** 8, k: 4, d: 40 }
  const rates = await Promise.all(
    (['lowest-index', 'strict'] as const).map(async (ties) => {
      const sampler = await openSampler('top-k', { method: 'conditional', ties, workers: 1 })
      const { values } = await sampler.run(shape, 's', 0, 300)
      await sampler.close()
      return { values: Array.from(values), ties: sampler.ties, revision: sampler.revision!() }
    }),
  )
  const [usual, strict] = rates
  expect([usual.ties, strict.ties]).toEqual(['lowest-index', 'strict'])
  expect(strict.revision).not.toBe(usual.revision)
  usual.values.forEach((value, t) => {
    expect(strict.values[t]).toBeLessThanOrEqual(value)
  })
  expect(strict.values).not.toEqual(usual.values)
  await expect(openSampler('top-k', { ties: 'strict' })).rejects.toThrow('--method conditional')
})
