import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evenly } from '../../../arbitraries/evenly.js'
import { logRatioOf, mapBar, scoreAt } from '../../../bounds/map-boundary.js'
import { parseActivity, ratesOf } from '../../../codes/model/activity.js'
import { IDEAL, type ModelDescription } from '../../../codes/model/description.js'
import { atMost } from '../../../statistics/rare-count.js'
import { weightedSigns } from '../../../statistics/weighted-sign-tail.js'
import { drawMembers } from '../members.js'
import { barReads } from './bar-reads.js'
import { ownBarReads } from './own-bar-reads.js'
import type { GeneralDraw } from './reads.js'
import { topReads } from './top-reads.js'

/** Members and a code of them, whole or with amplitudes and noise. */
function drawOf(N: number, k: number, d: number, seed: number, model: ModelDescription, K = k): GeneralDraw {
  const members = drawMembers(K, d, [seed, 1])
  const whole = model.noise === 0 && model.amplitudes === 'constant'
  const code = whole
    ? Float64Array.from(members.code)
    : members.combine(Float64Array.from({ length: K }, (_, m) => 1.37 - 0.21 * m)).map((x, j) => x + 0.01 * j)
  const scores = whole ? members.codeScores() : members.products(code)
  return { shape: { N, k, d }, model, members, code, scores, law: weightedSigns(code, !whole) }
}

/** The scores of all 2^d codewords that there may be. */
function everyScore({ code }: GeneralDraw): number[] {
  let sums = [0]
  for (const entry of code) sums = sums.flatMap((sum) => [sum + entry, sum - entry])
  return sums
}

/** P(a non-member comes before a member). */
function before(draw: GeneralDraw, m: number): number {
  const { scores, members, law } = draw
  const chances = everyScore(draw).map((score) => {
    if (Math.abs(score - scores[m]) <= 1e-9) return law.method === 'lattice' ? members.positions[m] : 1
    return Number(score > scores[m])
  })
  return chances.reduce((sum, chance) => sum + chance, 0) / chances.length
}

/** Binomial probabilities, term by term. */
function atMostOf(n: number, q: number, most: number): number {
  let [sum, ways] = [0, 1]
  for (let j = 0; j <= Math.min(n, most); j++, ways *= (n - j + 1) / j)
    sum += ways * q ** j * (1 - q) ** (n - j)
  return sum
}

const noisy = { ...IDEAL, noise: 0.1, amplitudes: 'half-normal' }
const instances = fc.record({
  K: fc.integer({ min: 1, max: 5 }),
  more: fc.integer({ min: 0, max: 4 }),
  k: fc.integer({ min: 1, max: 6 }),
  d: fc.integer({ min: 3, max: 9 }),
  seed: fc.nat(1e6),
  model: fc.constantFrom<ModelDescription>(IDEAL, noisy),
})

test('the largest scores: each member is chosen with the chance that 2^d codewords give', () => {
  const property = fc.property(instances, ({ K, more, k, d, seed, model }) => {
    const N = K + more
    const draw = drawOf(N, k, d, seed, model, K)
    const { scores, members } = draw
    const order = [...scores.keys()].sort(
      (a, b) => scores[b] - scores[a] || members.positions[a] - members.positions[b],
    )
    const answers = Math.min(k, N)
    const chances = order.slice(0, answers).map((m, i) => atMostOf(more, before(draw, m), answers - i - 1))
    const { exact, hits, falsePositives } = topReads(draw)
    expect(hits).toBeCloseTo(
      chances.reduce((sum, chance) => sum + chance, 0),
      9,
    )
    expect(falsePositives).toBeCloseTo(answers - hits, 9)
    expect(exact).toBeCloseTo(K === answers ? chances.at(-1)! : 0, 9)
  })
  fc.assert(property, { seed: 1, numRuns: 60 })
})

test('among very many codewords, chances near 0 and 1 are left out and change nothing', () => {
  const shares = [
    [1e3, 1, 120],
    [300, 40, 26],
    [300, 12, 26],
    [1e3, 6, 26],
    [1e6, 5, 26],
  ].map(([N, k, d]) => {
    const draw = drawOf(N, k, d, N, noisy)
    const sorted = [...draw.scores].sort((a, b) => b - a)
    const chances = sorted.map((score, i) => atMost(N - k, Math.exp(draw.law.logTail(score)), k - i - 1))
    const sum = chances.reduce((total, chance) => total + chance, 0)
    const { exact, hits } = topReads(draw)
    expect(Math.abs(hits - sum)).toBeLessThan(1e-9)
    expect(Math.abs(exact - chances.at(-1)!)).toBeLessThan(1e-9)
    return sum / k
  })
  expect(Math.min(...shares)).toBeLessThan(1e-6)
  expect(Math.max(...shares)).toBe(1)
})

test('a member of negative amplitude comes last, however far it is from 0', () => {
  const draw = drawOf(1000, 1, 120, 4, IDEAL)
  const against = { ...draw, scores: draw.scores.map((score) => -score) }
  expect(topReads(against).hits).toBeLessThan(1e-9)
  expect(topReads(draw).hits).toBe(1)
})

test('a bar: whoever reaches it is chosen, and who divides and rounds to it has reached it', () => {
  const bars = fc.oneof(
    evenly(-1, 3),
    fc.integer({ min: -4, max: 12 }).map((twice) => twice / 2),
  )
  const property = fc.property(instances, bars, fc.boolean(), ({ K, more, d, seed, model }, bar, above) => {
    const draw = drawOf(K + more, K, d, seed, model)
    // Above a score by less than rounding makes of τd.
    const tau = above ? bar + Math.abs(bar) * Number.EPSILON : bar
    const every = everyScore(draw)
    const q = every.filter((score) => score / d >= tau).length / every.length
    const hits = [...draw.scores].filter((score) => score / d >= tau).length
    const reads = barReads(() => tau)(draw)
    expect(reads.hits).toBe(hits)
    expect(reads.falsePositives).toBeCloseTo(more * q, 9)
    expect(reads.exact).toBeCloseTo(hits === K ? (1 - q) ** more : 0, 9)
  })
  fc.assert(property, { seed: 2, numRuns: 80 })
  const draw = drawOf(9, 2, 7, 1, IDEAL)
  expect(barReads(() => Infinity)(draw)).toEqual({ exact: 0, hits: 0, falsePositives: 0 })
  expect(barReads(() => -1000)(draw)).toEqual({ exact: 0, hits: 2, falsePositives: 7 })
  expect(barReads(() => -1000)(drawOf(2, 2, 7, 1, IDEAL))).toEqual({ exact: 1, hits: 2, falsePositives: 0 })
  expect(barReads((given) => given.shape.d)(draw).hits).toBe(0)
  for (const model of [IDEAL, noisy]) {
    const nobody = drawOf(9, 0, 7, 1, model)
    expect(barReads(() => Infinity)(nobody)).toEqual({ exact: 1, hits: 0, falsePositives: 0 })
  }
})

test('a bar for each frequency: codeword by codeword, members apart', () => {
  const model = { ...IDEAL, noise: 0.1, active: 'zipf:1' }
  for (let seed = 0; seed < 12; seed++) {
    const [N, k, d] = [
      [9, 2, 9],
      [12, 3, 10],
      [10, 2, 8],
    ][seed % 3]
    const given = drawOf(N, k, d, seed, noisy)
    const { of } = ratesOf(parseActivity('zipf:1'), N, k)
    const active = Array.from({ length: k }, (_, m) => (m * 3 + seed) % N)
    const draw = { ...given, model }
    const logRatio = logRatioOf(draw.shape, 0.1, 'constant')
    const bar = (i: number) => scoreAt(logRatio, Math.log((1 - of(i)) / of(i)))
    const every = everyScore(draw)
    let [wrong, none] = [0, 1]
    for (let i = 0; i < N; i++) {
      if (active.includes(i)) continue
      const q = every.filter((score) => score / d >= bar(i)).length / every.length
      wrong += q
      none *= 1 - q
    }
    const hits = active.filter((i, m) => draw.scores[m] / d >= bar(i)).length
    const reads = ownBarReads(draw, Float64Array.from(active, of))
    expect(reads.hits).toBe(hits)
    expect(reads.falsePositives).toBeCloseTo(wrong, 9)
    expect(reads.exact).toBeCloseTo(hits === k ? none : 0, 9)
  }
})

test('one frequency for all: the bar of each is the maximum a posteriori threshold', () => {
  const model = { ...IDEAL, noise: 0.1, active: 'bernoulli' }
  const draw = { ...drawOf(500, 5, 60, 3, noisy), model }
  const own = ownBarReads(draw, new Float64Array(5).fill(0.01))
  const one = barReads(({ shape }) => mapBar(shape, 0.1, 'constant'))(draw)
  expect(own.hits).toBe(one.hits)
  expect(own.falsePositives).toBeCloseTo(one.falsePositives, 9)
  expect(own.exact).toBeCloseTo(one.exact, 9)
})
