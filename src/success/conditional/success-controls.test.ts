import { describe, expect, test } from 'vitest'
import type { Shape } from '../../codes/trial.js'
import { conditionalOf } from '../../decoders/built-in.js'
import { total } from '../../decoders/member-rules/bar.js'
import { logBinomial } from '../../statistics/binomial-tail.js'
import { controlledMean } from '../../statistics/control-variates.js'
import { momentsOf } from '../../statistics/moments.js'
import { conditionalTrial, trialMembers } from './conditional-sampler.js'
import { symmetricMeans } from './score-law.js'
import { ScoreWindow, type WindowFunction } from './score-window.js'
import { controlsFor } from './success-controls.js'

const LAYERS: ((score: number) => { value: number; slope: number })[] = [
  (score) => ({ value: Math.sin(0.7 * score) + (score > 3 ? 1 : 0), slope: 0.1 * score }),
  (score) => ({ value: 0.3 - 0.05 * score, slope: Math.cos(score) }),
]

const tables = (window: ScoreWindow, layers = LAYERS): WindowFunction[] =>
  layers.map((h) => ({
    value: window.fade(window.scores().map((score) => h(score).value)),
    slope: window.fade(window.scores().map((score) => h(score).slope)),
  }))

/** Sums over all j-subsets of the products of values, and of their derivatives. */
function symmetric(entries: readonly { value: number; slope: number }[], j: number): [number, number] {
  if (j === 0) return [1, 0]
  let [value, sloped] = [0, 0]
  for (const [m, one] of entries.entries()) {
    const [rest, restSloped] = symmetric(entries.slice(m + 1), j - 1)
    value += one.value * rest
    sloped += one.slope * rest + one.value * restSloped
  }
  return [value, sloped]
}

/** The means over all sign matrices, one by one. */
function exhaustive(k: number, d: number, most: number) {
  const all = 2 ** (k * d)
  const means = Array.from({ length: most }, () => ({ value: 0, sloped: 0 }))
  for (let bits = 0; bits < all; bits++) {
    const x = (m: number, i: number) => ((bits >> (m * d + i)) & 1 ? -1 : 1)
    const members = Array.from({ length: k }, (_, m) => m)
    const z = Array.from({ length: d }, (_, i) => members.reduce((sum, m) => sum + x(m, i), 0))
    const scores = members.map((m) => z.reduce((sum, entry, i) => sum + x(m, i) * entry, 0))
    const excess = scores.reduce((sum, score) => sum + score, 0) - d * k
    for (const h of LAYERS) {
      means.forEach((mean, i) => {
        const [value, sloped] = symmetric(scores.map(h), i + 1)
        mean.value += value / all / LAYERS.length
        mean.sloped += (excess * sloped) / all / LAYERS.length
      })
    }
  }
  return means
}

describe('the joint law of the scores', () => {
  test.each([
    [6, 2, 4],
    [5, 3, 3],
    [4, 3, 2],
  ])('is that of all sign matrices, k = %i, d = %i', (k, d, most) => {
    const window = new ScoreWindow(k, d)
    const means = symmetricMeans(window, tables(window), most)
    expect(means).toHaveLength(most)
    exhaustive(k, d, most).forEach(({ value, sloped }, i) => {
      expect(Math.abs(means[i].value - value)).toBeLessThan(1e-6)
      expect(Math.abs(means[i].sloped - sloped)).toBeLessThan(1e-6)
    })
  })

  test.each([
    ['smooth', (score: number) => 1 / (1 + Math.exp((score - 50) / 7))],
    ['a step', (score: number) => (score < 50 ? 1 : 0)],
  ])(
    'through a window is that of agreeing and differing coordinates, of one member and of two: %s',
    (_, fails) => {
      const [k, d] = [9, 60]
      const window = new ScoreWindow(k, d)
      expect(window.points).toBeLessThan(d * (k - 1))
      const fair = (n: number, sum: number) => Math.exp(logBinomial(n, (n + sum) / 2))
      const layers = tables(window, [(score) => ({ value: fails(score), slope: 0 })])
      const [first, second] = symmetricMeans(window, layers, 2)
      let one = 0
      for (let c = -d * (k - 1); c <= d * (k - 1); c += 2) one += fair(d * (k - 1), c) * fails(d + c)
      expect(Math.abs(first.value - k * one)).toBeLessThan(1e-6)
      let two = 0
      for (let a = 4; a <= 56; a++) {
        const [here, there] = [a * (k - 2), (d - a) * (k - 2)]
        const most = (n: number) => 2 * Math.floor(Math.min(n, 8 * Math.sqrt(n)) / 2) + (n % 2)
        for (let u = -most(here); u <= most(here); u += 2) {
          for (let v = -most(there); v <= most(there); v += 2) {
            const both = fails(2 * a + u + v) * fails(2 * a + u - v)
            two += fair(d, 2 * a - d) * fair(here, u) * fair(there, v) * both
          }
        }
      }
      expect(Math.abs(second.value - ((k * (k - 1)) / 2) * two)).toBeLessThan(1e-6)
    },
  )
})

/** Values of the first trials, and their controls. */
function controlled(decoder: string, shape: Shape, trials: number) {
  const controls = controlsFor(conditionalOf(decoder).failing!, shape)!
  const { rule } = conditionalOf(decoder)
  const values = Float64Array.from({ length: trials }, (_, t) => conditionalTrial(rule, shape, 'controls', t))
  for (let t = 0; t < trials; t++) controls.add(trialMembers(shape, 'controls', t))
  return { values, controls: controls.all(total(values) / trials) }
}

test.each([
  ['top-k', { N: 2 ** 20, k: 12, d: 500 }, 1 / 80],
  ['top-k', { N: 2 ** 60, k: 12, d: 1240 }, 1 / 15],
  ['threshold', { N: 2 ** 12, k: 12, d: 560 }, 1 / 40],
  ['map-threshold', { N: 2 ** 12, k: 12, d: 560 }, 1 / 40],
])('controls leave little of the variance, and their means are exact: %s %o', (decoder, shape, most) => {
  const { values, controls } = controlled(decoder, shape, 2000)
  expect(controlledMean(values, controls, 0.99).residual).toBeLessThan(most)
  for (const { values: seen, mean } of controls) {
    const { count, mean: average, m2 } = momentsOf(Array.from(seen))
    // Rare ones are not near a normal law.
    if (Array.from(seen).filter((value) => value !== 0).length < 300) continue
    expect(Math.abs(average - mean)).toBeLessThanOrEqual(6 * Math.sqrt(m2 / count / (count - 1)))
  }
})

test.each([
  ['top-k', { N: 2 ** 10, k: 8, d: 120 }],
  // A member fails once in 8,000 trials.
  ['threshold', { N: 2 ** 12, k: 12, d: 800 }],
])('intervals with controls cover the rate as often as they say: %s %o', (decoder, shape) => {
  const { values, controls } = controlled(decoder, shape, 6000)
  const { point } = controlledMean(values, controls, 0.9)
  const parts = Array.from({ length: 24 }, (_, b) => [250 * b, 250 * (b + 1)] as const)
  // The whole is five times as sharp as a part.
  const covered = parts.filter((part) => {
    const own = controls.map((control) => ({ ...control, values: Array.from(control.values).slice(...part) }))
    const [low, high] = controlledMean(values.slice(...part), own, 0.9).interval
    return low <= point && point <= high
  }).length
  // Of 24 at 90 %, 12 or fewer cover with probability below 1e-6.
  expect(covered).toBeGreaterThan(12)
})

test('there are none for few members', () => {
  expect(controlsFor(conditionalOf('top-k').failing!, { N: 100, k: 5, d: 50 })).toBeUndefined()
  expect(conditionalOf('matching-pursuit').failing).toBeUndefined()
})
