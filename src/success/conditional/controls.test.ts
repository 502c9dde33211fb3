import { describe, expect, test } from 'vitest'
import { logBinomial } from '../../statistics/binomial-tail.js'
import { controlledMean } from '../../statistics/control-variates.js'
import { momentsOf } from '../../statistics/moments.js'
import { conditionalTrial } from './conditional.js'
import { controlsFor } from './controls.js'
import { conditionalRule, failingOf } from './rules.js'
import { ScoreLaw } from './score-law.js'

/** The means over all sign matrices, one by one. */
function exhaustive(k: number, d: number, g: (score: number) => number, j: number) {
  const all = 2 ** (k * d)
  let [product, withEnergy] = [0, 0]
  for (let bits = 0; bits < all; bits++) {
    const x = (m: number, i: number) => ((bits >> (m * d + i)) & 1 ? -1 : 1)
    const z = Array.from({ length: d }, (_, i) => {
      let sum = 0
      for (let m = 0; m < k; m++) sum += x(m, i)
      return sum
    })
    let one = 1
    for (let m = 0; m < j; m++) one *= g(z.reduce((sum, entry, i) => sum + x(m, i) * entry, 0))
    product += one / all
    withEnergy += (one * z.reduce((sum, entry) => sum + entry * entry, 0)) / all
  }
  return { product, withEnergy }
}

describe('the joint law of the scores', () => {
  const g = (score: number) => Math.sin(0.7 * score) + (score > 3 ? 1 : 0) + 0.3 * score

  test.each([
    [3, 4],
    [4, 4],
    [5, 3],
    [8, 2],
  ])('is that of all sign matrices, k = %i, d = %i', (k, d) => {
    const law = new ScoreLaw(k, d)
    for (let j = 1; j <= Math.min(k, 4); j++) {
      const { product, withEnergy } = law.means(law.coefficients(law.tabulate(g)), j)!
      const all = exhaustive(k, d, g, j)
      expect(Math.abs(product - all.product)).toBeLessThan(1e-7 * (1 + Math.abs(all.product)))
      expect(Math.abs(withEnergy - all.withEnergy)).toBeLessThan(1e-7 * (1 + Math.abs(all.withEnergy)))
    }
  })

  test('through a window is that of agreeing and differing coordinates, of one member and of two', () => {
    const [k, d] = [9, 120]
    const law = new ScoreLaw(k, d)
    expect(2 * law.points).toBeLessThan(d * (k - 1))
    const fair = (n: number, sum: number) => Math.exp(logBinomial(n, (n + sum) / 2))
    const fails = (score: number) => 1 / (1 + Math.exp((score - 95) / 9))
    const table = law.coefficients(law.tabulate(fails))
    let one = 0
    for (let c = -d * (k - 1); c <= d * (k - 1); c += 2) one += fair(d * (k - 1), c) * fails(d + c)
    expect(law.means(table, 1)!.product).toBeCloseTo(one, 7)
    let two = 0
    for (let a = 25; a <= 95; a++) {
      const [here, there] = [a * (k - 2), (d - a) * (k - 2)]
      const most = (n: number) => 2 * Math.floor(Math.min(n, 8 * Math.sqrt(n)) / 2) + (n % 2)
      for (let u = -most(here); u <= most(here); u += 2) {
        for (let v = -most(there); v <= most(there); v += 2) {
          const both = fails(2 * a + u + v) * fails(2 * a + u - v)
          two += fair(d, 2 * a - d) * fair(here, u) * fair(there, v) * both
        }
      }
    }
    expect(law.means(table, 2)!.product).toBeCloseTo(two, 7)
  })
})

const controlled = (
  decoder: string,
  shape: { N: number; k: number; d: number },
  from: number,
  trials: number,
) => {
  const controls = controlsFor(failingOf(decoder)!, shape, 'controls')!
  controls.add(from, trials)
  const rule = conditionalRule(decoder)
  const values = Array.from({ length: trials }, (_, t) => conditionalTrial(rule, shape, 'controls', from + t))
  return { values, all: controls.all() }
}

test.each([
  ['top-k', { N: 2 ** 20, k: 12, d: 500 }, 0.1],
  ['threshold', { N: 2 ** 12, k: 12, d: 560 }, 0.1],
])('controls leave little of the variance, and their means are exact: %s', (decoder, shape, most) => {
  const { values, all } = controlled(decoder, shape, 0, 3000)
  expect(controlledMean(values, all, 0.99).residual).toBeLessThan(most)
  for (const { values: seen, mean } of all) {
    const { count, mean: average, m2 } = momentsOf(Array.from(seen))
    // Rare ones are not near a normal law.
    if (Array.from(seen).filter((value) => value !== 0).length < 300) continue
    expect(Math.abs(average - mean)).toBeLessThan(6 * Math.sqrt(m2 / count / (count - 1)))
  }
})

test('intervals with controls cover the rate as often as they say', () => {
  const shape = { N: 2 ** 10, k: 8, d: 120 }
  const blocks = Array.from({ length: 24 }, (_, b) => controlled('top-k', shape, 250 * b, 250))
  const values = blocks.flatMap((block) => block.values)
  const all = blocks[0].all.map(({ mean }, c) => ({
    values: blocks.flatMap((block) => Array.from(block.all[c].values)),
    mean,
  }))
  // The whole is five times as sharp as a part.
  const { point } = controlledMean(values, all, 0.9)
  const covered = blocks.filter(({ values: part, all: controls }) => {
    const [low, high] = controlledMean(part, controls, 0.9).interval
    return low <= point && point <= high
  }).length
  // Of 24 at 90 %, 12 or fewer cover with probability below 1e-6.
  expect(covered).toBeGreaterThan(12)
})

test('there are none for few members', () => {
  expect(controlsFor(failingOf('top-k')!, { N: 100, k: 5, d: 50 }, '1')).toBeUndefined()
  expect(failingOf('matching-pursuit')).toBeUndefined()
})
