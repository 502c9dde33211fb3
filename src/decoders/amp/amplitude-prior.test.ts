import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evenly } from '../../arbitraries/evenly.js'
import { logOddsAgainst, mapBar, mapThreshold } from '../../bounds/map-boundary.js'
import { parseAmplitudes } from '../../codes/model/amplitudes.js'
import { IDEAL, noiseVariance } from '../../codes/model/description.js'
import { modelOf } from '../../codes/model/general.js'
import { rademacherArena } from '../../codes/rademacher.js'
import { drawTrial } from '../../codes/trial.js'
import { normalDensity, normalTail } from '../../statistics/normal.js'
import { ampBernoulli } from './amp.js'
import { amplitudePrior } from './amplitude-prior.js'

const [N, k] = [2 ** 14, 16]
const L = logOddsAgainst(N, k)

/** a > 0 normal given r: with P(active | r), mean of a and of a², by the normal law cut at 0. */
function halfNormal(r: number, v: number) {
  const [m, s] = [r / (1 + v), Math.sqrt(v / (1 + v))]
  const kept = normalTail(-m / s)
  const hazard = normalDensity(m / s) / kept
  const density = (2 * kept * normalDensity(r / Math.sqrt(1 + v))) / Math.sqrt(1 + v)
  const odds = (density * Math.sqrt(v)) / normalDensity(r / Math.sqrt(v))
  return {
    active: 1 / (1 + Math.exp(L) / odds),
    mean: m + s * hazard,
    square: m * m + s * s + m * s * hazard,
  }
}

const at = (law: string, r: number, v: number) =>
  amplitudePrior(N, k, parseAmplitudes(law)).estimate(
    { indices: Int32Array.of(3), scores: Float64Array.of(r) },
    v,
  )

test('half-normal amplitudes: the posterior mean in closed form, and its slope', () => {
  const property = fc.property(evenly(-3, 5), evenly(0.06, 1.2), (r, tau) => {
    const v = tau * tau
    const { high } = amplitudePrior(N, k, parseAmplitudes('half-normal')).bars(v)
    const bar = halfNormal(high, v)
    expect(bar.active * bar.mean).toBeCloseTo(1e-3, 8)
    const { values, slope } = at('half-normal', r, v)
    if (r <= high) {
      expect(values.length).toBe(0)
      return
    }
    const { active, mean, square } = halfNormal(r, v)
    expect(values[0]).toBeCloseTo(active * mean - 1e-3, 6)
    expect(slope * v).toBeCloseTo(active * square - (active * mean) ** 2, 6)
  })
  fc.assert(property, { seed: 1, numRuns: 100 })
})

test('any amplitudes: the slope is the derivative, and with little noise an estimate is what is seen', () => {
  for (const law of ['half-normal', 'exponential', 'lognormal:0.5', 'uniform:0.2', 'uniform:1']) {
    const { high } = amplitudePrior(N, k, parseAmplitudes(law)).bars(0.04)
    for (const r of [1.02 * high, 1.2 * high, 2 * high]) {
      const h = 1e-5
      const difference = (at(law, r + h, 0.04).values[0] - at(law, r - h, 0.04).values[0]) / (2 * h)
      expect(at(law, r, 0.04).slope).toBeCloseTo(difference, 5)
    }
    expect(Math.abs(at(law, 0.9, 1e-9).values[0] - 0.9)).toBeLessThan(0.005)
  }
})

test('the MAP bar: that of the paper for amplitudes 1, and where the half-normal posterior is even', () => {
  const shape = { N, k, d: 256 }
  expect(mapBar(shape, 0, 'constant')).toBe(mapThreshold(N, k, 256))
  const variance = k / (256 * 0.9)
  expect(halfNormal(mapBar(shape, 0.1, 'half-normal'), variance).active).toBeCloseTo(0.5, 3)
  expect(mapBar(shape, 0.1, 'uniform:0.001')).toBeCloseTo(mapBar(shape, 0.1, 'constant'), 4)
})

test('told of the law, AMP estimates better and reads more than when it takes all amplitudes for 1', () => {
  const model = modelOf({ ...IDEAL, noise: 0.1, amplitudes: 'half-normal' })
  const shape = { N: 2 ** 12, k: 16, d: 256 }
  const arena = rademacherArena()
  const hits = [0, 0]
  for (let trial = 0; trial < 12; trial++) {
    const { problem, subset } = drawTrial(shape, 'prior', trial, arena, model)
    expect(problem.model?.noiseVariance).toBe(noiseVariance(0.1, shape))
    const { model: _, ...untold } = problem
    ;[problem, untold].forEach((told, i) => {
      const { answer } = ampBernoulli().decodeWithReport(told)
      hits[i] += answer.filter((a) => subset.includes(a)).length
    })
  }
  expect(hits[0]).toBeGreaterThan(0.7 * 12 * 16)
  expect(hits[0]).toBeGreaterThan(hits[1] + 10)
})
