import { expect, test } from 'vitest'
import { parseAmplitudes } from '../../codes/model/amplitudes.js'
import { logOddsAgainstRate } from '../../numerics/exp.js'
import { normalCdf } from '../../numerics/special/normal.js'
import { normalTail } from '../../statistics/normal.js'
import { relative } from '../../testing/regimes.js'
import { memberError } from '../state-evolution.js'
import { amplitudeDensity } from './amplitude-density.js'
import { Panels } from './panels.js'
import { scalarChannel } from './scalar-channel.js'

const texts = ['half-normal', 'exponential', 'lognormal:0.5', 'lognormal:1.5', 'uniform:0.2', 'uniform:1']
const [constant, ...spread] = ['constant', ...texts].map(parseAmplitudes)
const rare = 64 / 131072

test('a density is that of its quantiles, with E a² = 1 and its own entropy', () => {
  for (const law of spread) {
    const { low, high, at, scale, entropy } = amplitudeDensity(law)!
    const over = (to: number, f: (a: number) => number) => {
      const nodes = new Panels().fill(low, to, scale)
      return Array.from({ length: nodes.length }).reduce<number>((sum, _, j) => {
        const a = nodes.at[j]
        return at(a) > 0 ? sum + nodes.weight[j] * at(a) * f(a) : sum
      }, 0)
    }
    for (const u of [0.01, 0.5, 0.99]) expect(over(law.quantile(u), () => 1)).toBeCloseTo(u, 9)
    expect(over(high, (a) => a * a)).toBeCloseTo(1, 9)
    expect(over(high, (a) => -Math.log2(at(a)))).toBeCloseTo(entropy, 8)
  }
})

test('amplitudes of 1: the closed forms', () => {
  for (const tau of [0.05, 0.1, 0.3, 1]) {
    const channel = scalarChannel(constant, tau, [rare, rare])
    const L = logOddsAgainstRate(rare)
    expect(relative(channel.mmse(rare), rare * memberError(tau ** -2, L))).toBeLessThan(1e-9)
    expect(relative(channel.barAt(L), 0.5 + tau * tau * L)).toBeLessThan(1e-9)
    expect(channel.missRate(0.6)).toBe(normalTail(0.4 / tau))
    expect(channel.amplitudeBits).toBe(0)
  }
})

test('half-normal amplitudes: the likelihood ratio in closed form, and the share that is missed', () => {
  for (const tau of [0.03, 0.1, 0.5]) {
    const channel = scalarChannel(spread[0], tau, [rare, rare])
    const variance = 1 + tau * tau
    for (const x of [-1, 0, 5, 20]) {
      const s = channel.barAt(x)
      const skew = normalCdf(s / (tau * Math.sqrt(variance)), 0, 1)
      const ratio =
        ((2 * tau) / Math.sqrt(variance)) * Math.exp((s / tau) ** 2 / 2 - s ** 2 / (2 * variance)) * skew
      expect(relative(Math.exp(x), ratio)).toBeLessThan(1e-8)
    }
    // S is |Z| + τG: below 0 with probability arctan(τ)/π.
    expect(relative(channel.missRate(0), Math.atan(tau) / Math.PI)).toBeLessThan(1e-9)
  }
})

test('information and error of every law agree: dI/d(1/τ²) = mmse/2 (Guo, Shamai & Verdú 2005)', () => {
  for (const law of [constant, ...spread]) {
    for (const p of [rare, 0.2, 1e-17]) {
      for (const tau of [0.08, 0.25, 1]) {
        const bits = (snr: number) => {
          const channel = scalarChannel(law, snr ** -0.5, [p, p])
          return channel.activityBits(p) + p * channel.amplitudeBits
        }
        const snr = tau ** -2
        const step = 1e-3 * snr
        const slope = ((bits(snr + step) - bits(snr - step)) / (2 * step)) * 2 * Math.LN2
        const { mmse } = scalarChannel(law, tau, [p, p])
        expect(Math.abs(slope - mmse(p))).toBeLessThan(3e-5 * mmse(p) + 1e-7 * p)
      }
    }
  }
})
