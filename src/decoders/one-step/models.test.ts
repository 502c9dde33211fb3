import { expect, test } from 'vitest'
import { logRatioOf, mapBar, mapThreshold } from '../../bounds/map-boundary.js'
import { gaussianDictionary } from '../../codes/dense.js'
import { parseActivity, ratesOf } from '../../codes/model/activity.js'
import { IDEAL } from '../../codes/model/description.js'
import type { CodeModel } from '../../codes/problem.js'
import { weightedSigns } from '../../statistics/weighted-sign-tail.js'
import type { GeneralDraw } from '../member-rules/general/reads.js'
import { drawMembers } from '../member-rules/members.js'
import { mapThresholdDecoder } from './map-threshold.js'
import { oneLayerEncoder } from './one-layer-encoder.js'
import { threshold } from './threshold.js'

const [N, k, d] = [60, 5, 40]
const dictionary = gaussianDictionary(N, d, [3, 33])
const random = () => 0
const codes = Array.from({ length: 8 }, (_, c) =>
  dictionary.superpose([c, c + 7, c + 20, c + 33, c + 50]).map((entry, j) => entry + 0.05 * c * Math.sin(j)),
)
const about = (amplitudes: string, active: string): CodeModel => ({
  ...{ noise: 0.1, noiseVariance: 0.01, amplitudes, active },
})
const passing = (code: Float64Array, passes: (score: number, i: number) => boolean) =>
  Array.from(dictionary.correlate(code).keys()).filter((i) => passes(dictionary.correlate(code)[i], i))

test('told of noise, amplitudes and rates, MAP threshold takes what is likelier active than not', () => {
  const { of } = ratesOf(parseActivity('zipf:1'), N, k)
  const seen = new Set<string>()
  for (const code of codes) {
    const read = (model?: CodeModel) =>
      mapThresholdDecoder().decode({ dictionary, code, k, random, ...(model && { model }) })
    expect(read()).toEqual(passing(code, (score) => score >= mapThreshold(N, k, d)))
    for (const amplitudes of ['constant', 'half-normal']) {
      const bar = mapBar({ N, k, d }, 0.1, amplitudes)
      expect(read(about(amplitudes, 'subset'))).toEqual(passing(code, (score) => score >= bar))
      const ratio = logRatioOf({ N, k, d }, 0.1, amplitudes)
      const own = passing(code, (score, i) => ratio(score) >= Math.log((1 - of(i)) / of(i)))
      expect(read(about(amplitudes, 'zipf:1'))).toEqual(own)
      seen.add(own.join())
    }
  }
  expect(seen.size).toBeGreaterThan(8)
  const all = { dictionary, code: dictionary.superpose([1]), random, model: about('constant', 'subset') }
  expect(mapThresholdDecoder().decode({ ...all, k: 0 })).toEqual([])
  expect(mapThresholdDecoder().decode({ ...all, k: N })).toHaveLength(N)
})

test('it names its bar where there is one for all codewords', () => {
  const bar = (active: string, told = k) =>
    mapThresholdDecoder().fixedBar!({
      shape: { N, k: told, d },
      model: { ...IDEAL, noise: 0.1, amplitudes: 'half-normal', active },
    })
  expect(bar('subset')).toBe(mapBar({ N, k, d }, 0.1, 'half-normal'))
  expect(bar('bernoulli')).toBe(bar('subset'))
  expect(bar('zipf:1')).toBeUndefined()
  expect([bar('subset', 0), bar('subset', N)]).toEqual([Infinity, -Infinity])
  expect(threshold(0.7).fixedBar!({ shape: { N, k, d }, model: IDEAL })).toBe(0.7)
  // A member fails where its score, in units of 1/d, is below the bar.
  for (const [decoder, tau] of [
    [threshold(0.7), 0.7],
    [mapThresholdDecoder(), mapThreshold(N, k, d)],
  ] as const) {
    const chance = decoder.conditional!.failing!.chance({ N, k, d })
    expect([Math.ceil(tau * d) - 1, Math.ceil(tau * d)].map((score) => chance(score, 1))).toEqual([1, 0])
  }
})

test('a bias is one number, or one for each row', () => {
  const rows = [[1], 2] as unknown as number[][]
  expect(() => oneLayerEncoder({ weights: rows, activation: 'relu' })).toThrow(
    'weights must be a list of N ≥ 1 rows of d numbers',
  )
  const encoder = (bias: number[]) => () => oneLayerEncoder({ weights: [[1], [2]], bias, activation: 'relu' })
  expect(encoder([1, 2])).not.toThrow()
  for (const bias of [[1], [1, Number.NaN], [1, 2, 3]])
    expect(encoder(bias)).toThrow('one finite number or 2')
})

test('a relative bar goes with the length of the code, given its members alone too', () => {
  const tau = 2.5
  const decoder = threshold(tau, true)
  codes.forEach((code) => {
    const deviation = Math.sqrt(code.reduce((sum, entry) => sum + entry * entry, 0) / d)
    const expected = passing(code, (score) => score >= tau * deviation)
    expect(decoder.decodeMany!(dictionary, [codes[0], code], k)[1]).toEqual(expected)
    expect(expected.length).toBeGreaterThan(0)
  })
  for (let seed = 0; seed < 5; seed++) {
    const members = drawMembers(k, d, [seed, 7])
    const code = Float64Array.from(members.code)
    const law = weightedSigns(code, false)
    const draw: GeneralDraw = {
      ...{ shape: { N, k, d }, model: IDEAL, members, code, law, scores: members.codeScores() },
    }
    const { hits, falsePositives } = (
      decoder.general as Exclude<typeof decoder.general, 'revealing' | undefined>
    )(draw)
    const bar = tau * law.spread
    expect(hits).toBe(Array.from(draw.scores).filter((score) => score >= bar).length)
    expect(falsePositives).toBeCloseTo((N - k) * Math.exp(law.logTail(bar)), 9)
  }
})
