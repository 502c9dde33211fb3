import { expect, test } from 'vitest'
import { boundsOf } from '../bounds/plan.js'
import { givenDictionary } from '../codes/dense.js'
import { measureBy } from '../success/estimation/measure-dimension.js'
import { simulationSampler } from '../success/trials/simulation-sampler.js'
import { ampBernoulli, ampSoft } from './amp/amp.js'
import { builtInDecoder, builtInDecoders } from './built-in.js'
import { certifiedSearch } from './certified-search/certified-search.js'
import { declarations } from './declarations.js'
import { unexplained } from './decode-report.js'
import { cosamp } from './greedy/cosamp.js'
import { generalisedOmp } from './greedy/generalised-omp.js'
import { iterativeHardThresholding } from './greedy/iterative-hard-thresholding.js'
import { matchingPursuit } from './greedy/matching-pursuit.js'
import { orthogonalMatchingPursuit } from './greedy/omp.js'
import { subspacePursuit } from './greedy/subspace-pursuit.js'
import { bpdn } from './lasso/bpdn.js'
import { fista } from './lasso/fista.js'
import { ista } from './lasso/ista.js'
import { lista } from './lista/lista.js'
import { maximumLikelihood } from './maximum-likelihood.js'
import { mapThresholdDecoder } from './one-step/map-threshold.js'
import { oneLayerEncoder } from './one-step/one-layer-encoder.js'
import { threshold } from './one-step/threshold.js'
import { topK } from './one-step/top-k.js'

const weights = [
  [1, 0],
  [0, 1],
]

test('variants go by names of their own', () => {
  const names = [
    threshold(),
    threshold(0.25),
    matchingPursuit(),
    matchingPursuit('projection'),
    orthogonalMatchingPursuit(),
    orthogonalMatchingPursuit('magnitude'),
    generalisedOmp(),
    generalisedOmp({ by: 'magnitude' }),
    cosamp(),
    cosamp({ by: 'magnitude' }),
    subspacePursuit(),
    subspacePursuit({ by: 'magnitude' }),
    iterativeHardThresholding(),
    iterativeHardThresholding({ step: 'normalised', by: 'magnitude' }),
    mapThresholdDecoder(),
    maximumLikelihood(),
    certifiedSearch(),
    ampBernoulli(),
    ampBernoulli({ onsager: false }),
    ampSoft(),
    ampSoft(false),
    ampSoft(true, { onsager: false }),
    bpdn(),
    bpdn({ range: 'unit' }),
    bpdn({ solver: 'coordinate-descent' }),
    bpdn({ range: 'non-negative', solver: 'coordinate-descent' }),
    ista(),
    ista({ range: 'any' }),
    ista({ range: 'unit' }),
    fista(),
    fista({ range: 'any' }),
    fista({ range: 'non-negative' }),
    lista(),
    oneLayerEncoder({ weights, activation: 'relu' }),
    oneLayerEncoder({ weights, activation: 'top-k' }),
    oneLayerEncoder({ weights, activation: { jump: 1 } }),
  ].map(({ name }) => name)
  expect(names).toEqual([
    'threshold',
    'threshold:0.25',
    'matching-pursuit',
    'matching-pursuit-projection',
    'orthogonal-matching-pursuit',
    'orthogonal-matching-pursuit-magnitude',
    'generalised-omp',
    'generalised-omp-magnitude',
    'cosamp',
    'cosamp-magnitude',
    'subspace-pursuit',
    'subspace-pursuit-magnitude',
    'iterative-hard-thresholding',
    'normalised-iterative-hard-thresholding-magnitude',
    'map-threshold',
    'maximum-likelihood',
    'certified-search',
    'amp-bernoulli',
    'amp-bernoulli-without-onsager',
    'amp-soft',
    'amp-soft-signed',
    'amp-soft-without-onsager',
    'bpdn',
    'bpdn-unit',
    'bpdn-coordinate-descent',
    'bpdn-non-negative-coordinate-descent',
    'ista',
    'ista',
    'ista-unit',
    'fista',
    'fista',
    'fista-non-negative',
    'lista',
    'one-layer-relu',
    'one-layer-top-k',
    'one-layer-jump-relu',
  ])
  expect(iterativeHardThresholding().source).toContain('2009')
  expect(iterativeHardThresholding({ step: 'normalised' }).source).toContain('2010')
  expect(matchingPursuit().source).toBe('Section 3.5')
  expect(matchingPursuit('projection').source).toContain('1993')
})

test('every built-in decoder is found by its name, and no other', () => {
  for (const decoder of builtInDecoders) expect(builtInDecoder(decoder.name)).toBe(decoder)
  expect(new Set(builtInDecoders.map(({ name }) => name)).size).toBe(builtInDecoders.length)
  expect(builtInDecoders.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'amp-bernoulli-without-onsager',
      'amp-soft-without-onsager',
      'amp-soft-signed',
      'bpdn-unit',
      'bpdn-non-negative',
      'bpdn-coordinate-descent',
      'ista-non-negative',
      'fista-non-negative',
      'normalised-iterative-hard-thresholding',
    ]),
  )
  expect(builtInDecoder('oracle')).toBeUndefined()
})

test('recovery is promised below a coherence: 1/(2k − 1), and 1/(2k) by the threshold ½', () => {
  const promising = [topK(), bpdn(), matchingPursuit(), orthogonalMatchingPursuit('magnitude')]
  for (const decoder of promising) expect(decoder.coherenceGuarantee!(3)).toBe(0.2)
  expect(threshold().coherenceGuarantee!(4)).toBe(0.125)
  for (const decoder of [threshold(0.4), matchingPursuit('projection'), mapThresholdDecoder(), cosamp()])
    expect(decoder.coherenceGuarantee).toBeUndefined()
})

test('rules that may answer with more or fewer than k say so', () => {
  const varying = [
    threshold(),
    threshold(3, true),
    mapThresholdDecoder(),
    matchingPursuit(),
    matchingPursuit('projection'),
    oneLayerEncoder({ weights, activation: 'relu' }),
    oneLayerEncoder({ weights, activation: { jump: 0.5 } }),
  ]
  for (const decoder of varying) expect(decoder.sizeVaries, decoder.name).toBe(true)
  expect(varying.slice(-2).map(({ label }) => label)).toEqual(['one-layer relu', 'one-layer JumpReLU'])
  for (const decoder of [
    topK(),
    orthogonalMatchingPursuit(),
    oneLayerEncoder({ weights, activation: 'top-k' }),
  ])
    expect(decoder.sizeVaries ?? false, decoder.name).toBe(false)
})

test('a stand-in declares what the decoder does, and nothing that it does not', () => {
  const refuses = () => 'too large'
  const coherenceGuarantee = (k: number) => 1 / k
  const decode = () => []
  expect(declarations({ name: 'plain', decode })).toEqual({ name: 'plain' })
  expect(Object.keys(declarations({ name: 'plain', decode }))).toEqual(['name'])
  expect(declarations({ name: 'fixed', decode, sizeVaries: false })).toEqual({
    name: 'fixed',
    sizeVaries: false,
  })
  const all = { name: 'all', sizeVaries: true, coherenceGuarantee, refuses }
  expect(declarations({ ...all, decode })).toEqual(all)
})

test('what an answer leaves is a share of the code, and nothing where it is rounding', () => {
  const dictionary = givenDictionary([
    [1, 0],
    [0, 1000],
  ])
  const left = (code: number[], answer: number[]) => unexplained(dictionary, Float64Array.from(code), answer)
  expect(left([3, 4], [0])).toBeCloseTo(Math.sqrt(20) / 5, 15)
  expect(left([0, 0], [0])).toBe(1)
  expect(left([1e-11, 0], [])).toBe(0)
  expect(left([0, 1000 + 5e-8], [1])).toBe(0)
  expect(left([0, 1000 + 5e-7], [1])).toBeGreaterThan(0)
})

test('nothing goes by a name: a decoder of a built-in name has its own law, or none', async () => {
  const topK = builtInDecoder('top-k')!
  const plain = { name: 'mine', decode: topK.decode }
  const size = { N: 64, k: 3, precision: 0.2 }
  const measured = async (name: string) => {
    const { dimension, trials } = await measureBy(simulationSampler({ ...plain, name }), size)
    return { dimension, trials }
  }
  expect(await measured('amp-soft')).toEqual(await measured('mine'))
  expect(await measured('soft-threshold')).toEqual(await measured('mine'))
})

test('every decoder says what it is: a label of its own, a family, and the law that it follows', () => {
  const labels = builtInDecoders.map(({ label }) => label)
  expect(new Set(labels).size).toBe(labels.length)
  for (const { law, conditional, ripple = 1 } of builtInDecoders) {
    if (law !== undefined) expect(boundsOf(law).length).toBeGreaterThan(0)
    expect(ripple).toBeGreaterThanOrEqual(1)
    if (conditional) expect(conditional.trials).toBeGreaterThan(0)
  }
})
