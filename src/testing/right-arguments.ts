import * as library from '../index.js'
import { stream } from '../random/stream.js'
import { simulationSampler } from '../success/trials/simulation-sampler.js'

const [N, k, d, p, epsilon, tau, theta] = [64, 3, 30, 0.1, 0.2, 0.4, 0.3]
const F = library.rademacherDictionary(6, 4, [1, 2])
const floats = library.float32Dictionary(
  Float64Array.from({ length: 24 }, (_, i) => Math.cos(i)),
  4,
)
const alive = [0, 1, 2, 3, 4, 5]
const coupling = library.parseCoupling('coupled:2/3/4')
const activity = library.parseActivity('zipf:1')
const decoders = [library.topK()]
const sampler = simulationSampler(decoders[0])
const range = { min: 2, max: 5 }
const drawn = { N: range, d: 2, codewords: ['gaussian'] }
const trials = { trials: 2, from: 0, confidence: 0.9 }
const limits = { workers: 1, timeLimit: 5000, startupLimit: 5000, memory: 2 ** 30, heapMiB: 512 }
const iterations = { iterations: 9, patience: 3 }
const gradient = { alpha: 1e-3, iterations: 9, tolerance: 0.1 }
const training = { latents: 6, k: 2, dimension: 4, steps: 2, batch: 2, rate: 0.01, random: stream('doors') }
const autoencoder = library.trainSparseAutoencoder((code) => code.fill(1), training)
const laws = library.lawsOf(library.IDEAL)

/** What another public function has made, and checked. */
export const made: readonly unknown[] = [coupling, activity, autoencoder, laws, ...decoders, sampler]

/** Arguments that are right, of every public function that takes a number. */
export const right: Readonly<Record<string, readonly unknown[]>> = {
  DenseDictionary: [Float64Array.of(1, 0, 0, 1), 2],
  ampBernoulli: [iterations],
  ampDimension: [N, k],
  ampSoft: [true, iterations],
  assertDecoderContract: [
    decoders[0],
    { timeLimit: 5000, seconds: 0.1, instances: 1, limit: 5, only: ['same-answer'] },
  ],
  audit: [{ dictionary: floats }, { k: 2, sample: 4, trials: 4, worst: 2, confidence: 0.9, threads: 1 }],
  babel: [F, 2],
  basisPursuitAdmm: [{ iterations: 9, shrink: 0.1 }],
  bernoulliStep: [N, k, d, 0.1],
  binaryEntropyForm: [N, k],
  binomialInterval: [3, 10, 0.9],
  bpdn: [{ alpha: 1e-3, steps: 9 }],
  capacity: [
    [{ prepare: 'raw', make: () => library.prepared(F, 'raw') }],
    { decoders, targets: [0.5], confidence: 0.9, trials: 4, seed: '1', laws, threads: 1 },
  ],
  certifiedSearch: [{ passes: 9, listed: 9, pins: 2, steps: 2 }],
  chernoffDeviation: [p],
  chernoffLogTail: [1],
  codeSuccess: [N, k, d],
  coherenceLevel: [k],
  coherenceSparsity: [epsilon],
  coneWidth: [N, k, 2, 1],
  coordinateEntropy: [k],
  corollary1Dimension: [N, k, p],
  corollary1Failure: [N, k, d],
  corollary2Dimension: [N, k, p, epsilon],
  corollary2Failure: [N, k, d, epsilon],
  cosamp: [{ iterations: 9 }],
  countingBound: [N, k],
  countingSuccess: [N, k, d],
  coupledAmp: [iterations],
  coupledDimension: [coupling, N, k],
  coupledEvolution: [{ coupling, N, k, d, counts: [1, 1, 1] }],
  coupledNoises: [F, F.superpose([1]), 1, iterations],
  decisionBoundary: [2, -1],
  defaultReaders: [N, d],
  describeCodes: [floats, alive, floats, { k: 2, decoders, codes: 4, confidence: 0.9 }],
  dictionary: [drawn],
  drawInstance: [{ N, k: 2, d, codewords: 'gaussian', trial: 3 }, 'seed'],
  encode: [autoencoder, Float64Array.of(1, 2, 3, 4)],
  entropyApproximation: [N, k],
  entropyBits: [N, k],
  equation4Bitrate: [N, k],
  equation4Dimension: [N, k],
  evenCountsDimension: [coupling, N, k],
  exactRecovery: [F, [0, 3]],
  finishedAmp: [iterations],
  finishedVamp: [{ damping: 0.7, ...iterations }],
  fista: [gradient],
  float32Dictionary: [Float64Array.of(1, 0, 0, 1), 2],
  fuchs: [F, [0, 3], true],
  gaussianCumulant: [1],
  generalisedOmp: [{ width: 2 }],
  givenDictionary: [[[1, 0]]],
  gramOf: [F, [0, 3]],
  greedyGroupTesting: [N, k],
  hardBits: [activity, N, k, { recall: 0.8, falsePositiveRate: 0.1 }],
  idealConverse: [N, k],
  idealFailure: [N, k, d],
  idealSuccess: [N, k, d],
  incoherenceLevel: [k],
  incoherentSparsity: [epsilon],
  informationLimit: [N, k],
  instance: [{ ...drawn, k: range }],
  interferenceDimension: [N, epsilon],
  ista: [gradient],
  iterativeHardThresholding: [{ iterations: 9 }],
  kappa: [0.5],
  lassoLaw: [N, k],
  lawsOf: [library.IDEAL],
  leastCoherence: [N, d],
  leastInterference: [N, d],
  lista: [[{ step: 1, threshold: 1, keep: 1 }]],
  logBinomialBounds: [N, k],
  logChoose: [N, k],
  logOddsAgainst: [N, k],
  logPosteriorOdds: [1, 2, -1],
  mapFiniteDimension: [N, k, p],
  mapThreshold: [N, k, d],
  maximumLikelihood: [1000],
  measure: [sampler, { N, k: 2, target: 0.5, precision: 0.9, confidence: 0.5 }],
  measureSparsity: [sampler, { N, d, target: 0.5, confidence: 0.9, trials: 4 }],
  memberError: [1, 2],
  minimiseInterference: [F, { tolerance: 0.1, limit: 3 }],
  nullSpaceConstant: [F, 2, 1000],
  ompLaw: [N, k],
  oneLayerEncoder: [{ weights: [[1, 0]], bias: 0.1, activation: { jump: 0.5 } }],
  openModel: [library.IDEAL],
  openSampler: ['top-k', limits],
  plan: [{ N, k, p }],
  problem: [{ ...drawn, k: range }],
  proposition1Dimension: [N, k, p, 1],
  proposition1Success: [N, k, d, 1],
  proposition2Dimension: [N, p, epsilon],
  proposition2Epsilon: [N, d, p],
  proposition2Failure: [N, d, epsilon],
  proposition3Dimension: [N, k, p],
  proposition3Failure: [N, k, d],
  pursuitRule: [N, k, 1.3],
  rademacherDictionary: [6, 4, [1, 2]],
  reading: [
    floats,
    alive,
    { k: 2, decoders, codes: 4, suspects: 1, tries: 2, likely: [0], confidence: 0.9, noise: 0.1 },
  ],
  regime: [{ N: range, k: 2, spread: 1.5 }],
  restrictedIsometry: [F, 2, 1000],
  ruleThreshold: [N, k],
  ruleTopK: [N, k],
  signCumulant: [1],
  softExcess: [1],
  softThresholdError: [1, 1, 2],
  softThresholdStep: [N, k, d, 0.1, 1, 2],
  solveBpdn: [F, [F.superpose([1])], { alpha: 1e-3, steps: 9 }],
  spark: [F, 1000],
  sparseLimit: [N, k],
  stateEvolution: [k, d, 3, (v: number) => v / 2],
  statisticalDimension: [N, k, 2],
  stream: ['label', 3],
  subset: [{ N: range, k: 2 }],
  subspacePursuit: [{ iterations: 9 }],
  successRate: [sampler, { N, k: 2, d, ...trials }],
  supportEntropy: [activity, N, k],
  supportExcess: [activity, N, k],
  threshold: [tau],
  thresholdAsymptote: [N, k, tau],
  thresholdAsymptoticDimsPerBit: [theta],
  thresholdBentkusDimension: [N, k, p],
  thresholdBentkusFailure: [N, k, d],
  thresholdFinite: [N, k, d, tau],
  thresholdFiniteDimension: [N, k, p, tau],
  thresholdUnion: [N, k, d, tau],
  thresholdUnionDimension: [N, k, p, tau],
  tightFrame: [6, 4],
  topKAsymptoticDimsPerBit: [theta],
  topKExponent: [2],
  topKFinite: [N, k, d],
  topKFiniteDimension: [N, k, p],
  topKLaw: [N, k],
  topKUnion: [N, k, d],
  topKUnionDimension: [N, k, p],
  trainSparseAutoencoder: [(code: Float64Array) => code.fill(1), training],
  trial: [{ ...drawn, k: range }],
  uniformThreshold: [F, 2],
  vamp: [{ damping: 0.7, ...iterations }],
  welchDimension: [N, k],
}

/** Public functions that take no number, or one that another of them has checked: a dictionary is made by another. */
export const numberless = `
  auditFigure capacityFigure coherence CoupledDictionary describeFile figureSvg finishedOmp
  Float32Dictionary gramRows instanceText interference learnedDictionary mapThresholdDecoder matchingPursuit
  orthogonalLeastSquares orthogonalMatchingPursuit parseActivity parseCoupling parseCriterion parseInstance
  prepared RademacherDictionary readDictionary topK whitened writeFigure
`
  .trim()
  .split(/\s+/)
