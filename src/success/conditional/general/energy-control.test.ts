import { expect, test } from 'vitest'
import { parseAmplitudes } from '../../../codes/model/amplitudes.js'
import { normalTail } from '../../../statistics/normal.js'
import { energyControl } from './energy-control.js'

test('of half-normal amplitudes the mean is over the χ² law of the energy', () => {
  const [tau, K, d, noise] = [1.1, 64, 768, 7]
  const reach = (energy: number) => normalTail(tau * Math.sqrt(d / (energy + noise)))
  const { mean, of } = energyControl(tau, parseAmplitudes('half-normal'), K, d, noise)
  let [sum, whole] = [0, 0]
  for (let e = 0.05; e < 400; e += 0.1) {
    const density = Math.exp((K / 2 - 1) * Math.log(e / K) - (e - K) / 2)
    sum += density * reach(e)
    whole += density
  }
  expect(Math.abs(mean / (sum / whole) - 1)).toBeLessThan(1e-4)
  expect(of(70)).toBe(reach(70))
})

test.each([['exponential'], ['lognormal:1'], ['uniform:0.5']])(
  'of one or two active codewords with %s amplitudes it is the mean over their quantiles',
  (text) => {
    const law = parseAmplitudes(text)
    for (const noise of [0.5, 2]) {
      const control = (K: number) => energyControl(0.6, law, K, 12, noise)
      const n = 600
      const squares = Float64Array.from({ length: n }, (_, i) => law.quantile((i + 0.5) / n) ** 2)
      const [one, two] = [control(1), control(2)]
      let [single, pairs] = [0, 0]
      for (const a of squares) {
        single += one.of(a) / n
        for (const b of squares) pairs += two.of(a + b) / n ** 2
      }
      // What quantiles this far apart leave of a tail.
      expect(Math.abs(one.mean / single - 1)).toBeLessThan(0.01)
      expect(Math.abs(two.mean / pairs - 1)).toBeLessThan(0.01)
    }
  },
)
