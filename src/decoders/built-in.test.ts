import { expect, test } from 'vitest'
import { ampBernoulli, ampSoft, finishedAmp } from './amp/amp.js'
import { coupledAmp } from './amp/coupled-amp.js'
import { finishedVamp, vamp } from './amp/vamp.js'
import {
  builtInDecoder,
  builtInDecoders,
  conditionalOf,
  decoderCalled,
  generalOf,
  hasBar,
  hasConditional,
  hasGeneral,
  likelyDecoders,
} from './built-in.js'
import { certifiedSearch } from './certified-search/certified-search.js'
import type { BuiltInDecoder, Declared } from './decoder.js'
import { cosamp } from './greedy/cosamp.js'
import { generalisedOmp } from './greedy/generalised-omp.js'
import { iterativeHardThresholding } from './greedy/iterative-hard-thresholding.js'
import { matchingPursuit } from './greedy/matching-pursuit.js'
import { orthogonalLeastSquares } from './greedy/ols.js'
import { orthogonalMatchingPursuit } from './greedy/omp.js'
import { finishedOmp } from './greedy/omp-finished.js'
import { subspacePursuit } from './greedy/subspace-pursuit.js'
import { basisPursuitAdmm } from './lasso/admm.js'
import { bpdn } from './lasso/bpdn.js'
import { fista } from './lasso/fista.js'
import { ista } from './lasso/ista.js'
import { lista } from './lista/lista.js'
import { maximumLikelihood } from './maximum-likelihood.js'
import { mapThresholdDecoder } from './one-step/map-threshold.js'
import { threshold } from './one-step/threshold.js'
import { topK } from './one-step/top-k.js'

/** Label, family, law, and the coherence below which it reads every 3-subset. */
const told = ({ label, family, law, coherenceGuarantee }: BuiltInDecoder & Declared) =>
  [label, family, law ?? '-', coherenceGuarantee ? coherenceGuarantee(3).toFixed(3) : '-'].join(' | ')

/** Those that are built in, made anew. */
const made = (): readonly (BuiltInDecoder & Declared)[] => [
  threshold(),
  topK(),
  matchingPursuit(),
  matchingPursuit('projection'),
  orthogonalMatchingPursuit(),
  orthogonalMatchingPursuit('magnitude'),
  finishedOmp(),
  orthogonalLeastSquares(),
  orthogonalLeastSquares(true),
  generalisedOmp(),
  cosamp(),
  subspacePursuit(),
  iterativeHardThresholding(),
  iterativeHardThresholding({ step: 'normalised' }),
  mapThresholdDecoder(),
  certifiedSearch(),
  maximumLikelihood(),
  ampBernoulli(),
  ampBernoulli({ onsager: false }),
  finishedAmp(),
  coupledAmp(),
  vamp(),
  finishedVamp(),
  ampSoft(),
  ampSoft(false),
  ampSoft(true, { onsager: false }),
  bpdn(),
  bpdn({ range: 'non-negative' }),
  bpdn({ range: 'unit' }),
  bpdn({ solver: 'coordinate-descent' }),
  basisPursuitAdmm(),
  ista(),
  ista({ range: 'non-negative' }),
  fista(),
  fista({ range: 'non-negative' }),
  lista(),
]

test('every decoder declares its label, its family, the law that it follows and what it promises', () => {
  expect(made().map(({ name }) => name)).toEqual(builtInDecoders.map(({ name }) => name))
  expect(made().map(({ sizeVaries }) => sizeVaries)).toEqual(
    builtInDecoders.map(({ sizeVaries }) => sizeVaries),
  )
  expect(builtInDecoders.map(told)).toEqual(made().map(told))
  expect(made().map(told)).toEqual([
    'threshold | one-step | threshold | 0.167',
    'top-k | one-step | top-k | 0.200',
    'matching pursuit | greedy | matching-pursuit | 0.200',
    'MP by projection | greedy | matching-pursuit-projection | -',
    'OMP | greedy | orthogonal-matching-pursuit | 0.200',
    'OMP by magnitude | greedy | orthogonal-matching-pursuit-magnitude | 0.200',
    'OMP, finished | greedy | - | 0.200',
    'OLS | greedy | - | -',
    'OLS, finished | greedy | - | -',
    'generalised OMP | greedy | generalised-omp | -',
    'CoSaMP | greedy | cosamp | -',
    'subspace pursuit | greedy | subspace-pursuit | -',
    'IHT | greedy | iterative-hard-thresholding | -',
    'normalised IHT | greedy | normalised-iterative-hard-thresholding | -',
    'MAP threshold | one-step | map-threshold | -',
    'certified search | search | certified-search | -',
    'maximum likelihood | search | maximum-likelihood | -',
    'AMP | message passing | amp-bernoulli | -',
    'AMP, no Onsager | message passing | amp-bernoulli-without-onsager | -',
    'AMP, finished | message passing | - | -',
    'AMP, coupled | message passing | amp-bernoulli | -',
    'VAMP | message passing | - | -',
    'VAMP, finished | message passing | - | -',
    'AMP, soft, ≥ 0 | message passing | amp-soft | -',
    'AMP, soft | message passing | amp-soft-signed | -',
    'AMP, soft, no Onsager | message passing | amp-soft-without-onsager | -',
    'basis pursuit | basis pursuit | bpdn | 0.200',
    'basis pursuit, ≥ 0 | basis pursuit | bpdn-non-negative | 0.200',
    'basis pursuit, 0 to 1 | basis pursuit | bpdn-unit | 0.200',
    'coordinate descent | basis pursuit | bpdn | 0.200',
    'basis pursuit by ADMM, ≥ 0 | basis pursuit | bpdn-non-negative | 0.200',
    'ISTA | basis pursuit | bpdn | -',
    'ISTA, ≥ 0 | basis pursuit | bpdn-non-negative | -',
    'FISTA | basis pursuit | bpdn | -',
    'FISTA, ≥ 0 | basis pursuit | bpdn-non-negative | -',
    'LISTA | learned | lista | -',
  ])
  const variants = [
    threshold(0.25),
    threshold(3, true),
    cosamp({ by: 'magnitude' }),
    generalisedOmp({ by: 'magnitude' }),
    iterativeHardThresholding({ step: 'normalised', by: 'magnitude' }),
    ampSoft(false, { onsager: false }),
    bpdn({ range: 'unit', solver: 'coordinate-descent' }),
    fista({ range: 'unit' }),
  ]
  expect(variants.map(told)).toEqual([
    'threshold 0.25 | one-step | - | -',
    'relative threshold 3 | one-step | - | -',
    'CoSaMP by magnitude | greedy | - | -',
    'generalised OMP by magnitude | greedy | - | -',
    'normalised IHT by magnitude | greedy | - | -',
    'AMP, soft, no Onsager | message passing | amp-soft-signed-without-onsager | -',
    'coordinate descent, 0 to 1 | basis pursuit | bpdn-unit | 0.200',
    'FISTA, 0 to 1 | basis pursuit | bpdn-unit | -',
  ])
})

test('what is computed given the members alone, by any model, by one bar, and averaged over a ripple', () => {
  const names = (has: (decoder: BuiltInDecoder) => unknown) =>
    made()
      .filter(has)
      .map(({ name }) => name)
  const exact = ['threshold', 'top-k', 'matching-pursuit', 'matching-pursuit-projection']
  const omp = ['orthogonal-matching-pursuit', 'orthogonal-matching-pursuit-magnitude']
  const wider = ['ols', 'generalised-omp', 'cosamp', 'subspace-pursuit']
  expect(names(({ name }) => hasConditional(name))).toEqual([...exact, ...omp, 'map-threshold'])
  expect(names(({ name }) => hasGeneral(name))).toEqual([...exact, ...omp, ...wider, 'map-threshold'])
  expect(names(({ general }) => general === 'revealing')).toEqual([...exact.slice(2), ...omp, ...wider])
  expect(names(({ ripple }) => ripple === 4)).toEqual(['threshold', 'map-threshold'])
  expect(names(({ fixedBar }) => fixedBar)).toEqual(['threshold', 'map-threshold'])
  for (const { name, ...decoder } of builtInDecoders) {
    if (hasConditional(name)) expect(conditionalOf(name)).toBe(decoder.conditional)
    if (hasGeneral(name)) expect(generalOf(name).general).toBe(decoder.general)
  }
  for (const { name, family, conditional } of made())
    if (conditional)
      expect([name, conditional.trials, conditional.failing?.layers]).toEqual([
        ...(family === 'one-step' ? [name, 5000, name === 'top-k' ? 8 : 1] : [name, 4000, undefined]),
      ])
  const all = names(({ conditional }) => conditional).join(', ')
  expect(() => conditionalOf('no')).toThrow(
    `'no' has no conditional method; ${all} have one, and --method simulation fits any`,
  )
  const general = names(({ general }) => general).join(', ')
  expect(() => generalOf('vamp')).toThrow(
    `'vamp' has no conditional method for this model; ${general} have one, and --method simulation fits any`,
  )
})

test('a decoder is called by its name, a short name, or the name of a threshold with its bar', () => {
  expect(builtInDecoder('omp')?.name).toBe('orthogonal-matching-pursuit')
  expect(builtInDecoder('mp')?.name).toBe('matching-pursuit')
  expect(builtInDecoder('threshold:.5')?.name).toBe('threshold')
  for (const name of ['threshold:0.9', 'threshold:-2', 'relative-threshold:3', 'relative-threshold:12.5'])
    expect(decoderCalled(name).name).toBe(name)
  expect(builtInDecoder('THRESHOLD:+1.e-1')?.name).toBe('threshold:0.1')
  const misses = [
    'threshold:',
    'threshold:1x',
    'threshold:1e999',
    'a threshold:1',
    'threshold:.',
    'threshold:e5',
  ]
  for (const name of misses) expect(builtInDecoder(name)).toBeUndefined()
  const bars = ['threshold:x', 'relative-threshold:', 'threshold', 'my-threshold:1', 'top-k:1']
  expect(bars.filter(hasBar)).toEqual(['threshold:x', 'relative-threshold:'])
  expect(() => decoderCalled('threshold:x')).toThrow(
    "there is no built-in decoder 'threshold:x'; a bar is a finite number, as in threshold:0.9 or relative-threshold:3",
  )
  expect(likelyDecoders('topk')).toContain('top-k')
  expect(likelyDecoders('ompp')).toContain('omp')
  const names = builtInDecoders.map(({ name }) => name)
  expect(likelyDecoders('qqqqqqqqqqqq', ' besides')).toBe(`built in are ${names.join(', ')} besides`)
  expect(likelyDecoders('qqqqqqqqqqqq')).toBe(`built in are ${names.join(', ')}`)
})
