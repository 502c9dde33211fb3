export { binaryEntropyForm, logBinomialBounds } from './bounds/binomial-bounds.js'
export type { Bound, BoundKind, Setting } from './bounds/bound.js'
export { chernoffDeviation, chernoffLogTail, gaussianCumulant, signCumulant } from './bounds/chernoff.js'
export { coherenceLevel, coherenceSparsity } from './bounds/coherence-guarantee.js'
export { corollary1Dimension, corollary1Failure } from './bounds/corollary-1.js'
export { corollary2Dimension, corollary2Failure } from './bounds/corollary-2.js'
export { coordinateEntropy, countingBound, countingSuccess } from './bounds/counting-bound.js'
export {
  type CoupledPlace,
  coupledEvolution,
  evenCountsDimension,
} from './bounds/coupled-evolution.js'
export { coupledDimension } from './bounds/drawn-counts.js'
export { entropyBits, logChoose } from './bounds/entropy.js'
export { entropyApproximation } from './bounds/entropy-approximation.js'
export { equation4Bitrate, equation4Dimension } from './bounds/equation-4.js'
export { hardBits, type PooledRates } from './bounds/general/bits-read.js'
export { supportEntropy, supportExcess } from './bounds/general/support-entropy.js'
export { greedyGroupTesting } from './bounds/group-testing.js'
export { codeSuccess, idealConverse } from './bounds/ideal-converse.js'
export { idealFailure, idealSuccess } from './bounds/ideal-decoding.js'
export { incoherenceLevel, incoherentSparsity } from './bounds/incoherence.js'
export { informationLimit } from './bounds/information-limit.js'
export { lassoLaw } from './bounds/lasso-law.js'
export { decisionBoundary, logOddsAgainst, logPosteriorOdds, mapThreshold } from './bounds/map-boundary.js'
export { pursuitRule } from './bounds/mp-rules.js'
export { ompLaw } from './bounds/omp-law.js'
export type { Outcome } from './bounds/outcome.js'
export type { Parameters } from './bounds/parameters.js'
export { bounds, type Plan, type PlannedBound, plan } from './bounds/plan.js'
export { proposition1Dimension, proposition1Success } from './bounds/proposition-1.js'
export { proposition2Dimension, proposition2Epsilon, proposition2Failure } from './bounds/proposition-2.js'
export { proposition3Dimension, proposition3Failure } from './bounds/proposition-3.js'
export { ruleThreshold, ruleTopK } from './bounds/rules-of-thumb.js'
export { softThresholdError, softThresholdStep } from './bounds/soft-threshold.js'
export { sparseLimit } from './bounds/sparse-limit.js'
export { ampDimension, bernoulliStep, memberError, stateEvolution } from './bounds/state-evolution.js'
export { coneWidth, type Signs, softExcess, statisticalDimension } from './bounds/statistical-dimension.js'
export { thresholdAsymptote, thresholdAsymptoticDimsPerBit } from './bounds/threshold-asymptote.js'
export { thresholdBentkusDimension, thresholdBentkusFailure } from './bounds/threshold-bentkus.js'
export {
  mapFiniteDimension,
  type Tau,
  thresholdFinite,
  thresholdFiniteDimension,
} from './bounds/threshold-finite.js'
export { thresholdUnion, thresholdUnionDimension } from './bounds/threshold-union.js'
export { topKFinite, topKFiniteDimension } from './bounds/top-k-finite.js'
export { topKAsymptoticDimsPerBit, topKExponent, topKLaw } from './bounds/top-k-law.js'
export { topKUnion, topKUnionDimension } from './bounds/top-k-union.js'
export {
  interferenceDimension,
  kappa,
  leastCoherence,
  leastInterference,
  welchDimension,
} from './bounds/welch.js'
export { babel } from './certificates/babel.js'
export { coherence } from './certificates/coherence.js'
export { exactRecovery } from './certificates/exact-recovery.js'
export { fuchs } from './certificates/fuchs.js'
export { type GramRow, gramOf, gramRows } from './certificates/gram.js'
export { type Descent, interference, minimiseInterference } from './certificates/interference.js'
export { nullSpaceConstant } from './certificates/null-space.js'
export { restrictedIsometry } from './certificates/restricted-isometry.js'
export { spark } from './certificates/spark.js'
export { type UniformThreshold, uniformThreshold } from './certificates/uniform-threshold.js'
export { type AssertOptions, assertDecoderContract } from './check/assert-decoder-contract.js'
export type { CheckOptions } from './check/check.js'
export type { Cause, ContractReport, PropertyReport, PropertyVerdict } from './check/contract-report.js'
export { CoupledDictionary } from './codes/coupled.js'
export {
  type ColumnBlock,
  type CoupledLayout,
  type Coupling,
  parseCoupling,
} from './codes/coupling.js'
export { DenseDictionary, givenDictionary } from './codes/dense.js'
export { tightFrame } from './codes/ensembles/tight-frame.js'
export { Float32Dictionary, float32Dictionary, type SharedRows } from './codes/float32-dictionary.js'
export { type ActivityLaw, parseActivity } from './codes/model/activity.js'
export { type Criterion, parseCriterion } from './codes/model/criterion.js'
export {
  type DictionaryFile,
  IDEAL,
  type ModelDescription,
  type Preparation,
} from './codes/model/description.js'
export { type CodeLaws, lawsOf } from './codes/model/general.js'
export { describeFile, openModel } from './codes/model/open-model.js'
export { type PreparedDictionary, prepared, whitened } from './codes/preparation.js'
export type { Decoder, Dictionary, Problem, ScoredAnswer } from './codes/problem.js'
export { RademacherDictionary, rademacherDictionary } from './codes/rademacher.js'
export { type GivenDictionary, type ReadOptions, readDictionary } from './codes/read-dictionary.js'
export type { Encoder } from './codes/read-encoder.js'
export { type AmpOptions, ampBernoulli, ampSoft, finishedAmp } from './decoders/amp/amp.js'
export { type CoupledAmpOptions, coupledAmp, coupledNoises } from './decoders/amp/coupled-amp.js'
export { finishedVamp, type VampOptions, vamp } from './decoders/amp/vamp.js'
export { builtInDecoders } from './decoders/built-in.js'
export { certifiedSearch, type SearchOptions } from './decoders/certified-search/certified-search.js'
export type { DecodeReport, Reporting } from './decoders/decode-report.js'
export type { BuiltInDecoder, Declared, Family, Traits } from './decoders/decoder.js'
export { cosamp } from './decoders/greedy/cosamp.js'
export { generalisedOmp } from './decoders/greedy/generalised-omp.js'
export { iterativeHardThresholding } from './decoders/greedy/iterative-hard-thresholding.js'
export { matchingPursuit } from './decoders/greedy/matching-pursuit.js'
export { orthogonalLeastSquares } from './decoders/greedy/ols.js'
export { orthogonalMatchingPursuit } from './decoders/greedy/omp.js'
export { finishedOmp } from './decoders/greedy/omp-finished.js'
export { subspacePursuit } from './decoders/greedy/subspace-pursuit.js'
export { type AdmmOptions, basisPursuitAdmm } from './decoders/lasso/admm.js'
export { type BpdnOptions, bpdn, solveBpdn } from './decoders/lasso/bpdn.js'
export { fista } from './decoders/lasso/fista.js'
export type { GradientOptions } from './decoders/lasso/gradient-path.js'
export { ista } from './decoders/lasso/ista.js'
export type { CoefficientRange } from './decoders/lasso/objective.js'
export type { Solution } from './decoders/lasso/working-set.js'
export type { ListaLayer } from './decoders/lista/layer.js'
export { lista } from './decoders/lista/lista.js'
export { maximumLikelihood } from './decoders/maximum-likelihood.js'
export type { Step } from './decoders/member-rules/matching-pursuit.js'
export { mapThresholdDecoder } from './decoders/one-step/map-threshold.js'
export { type Activation, type OneLayer, oneLayerEncoder } from './decoders/one-step/one-layer-encoder.js'
export { threshold } from './decoders/one-step/threshold.js'
export { topK } from './decoders/one-step/top-k.js'
export type { Ranking } from './decoders/ranking.js'
export {
  type Audit,
  type AuditOptions,
  audit,
  type Interference,
  type Share,
} from './dictionaries/audit.js'
export type { Twins } from './dictionaries/neighbours.js'
export type { ReadRate } from './dictionaries/read-rates.js'
export {
  encode,
  learnedDictionary,
  type SparseAutoencoder,
  type TrainingOptions,
  trainSparseAutoencoder,
} from './experiments/sparse-autoencoder.js'
export type { Key } from './random/key.js'
export { type Stream, stream } from './random/stream.js'
export { defaultReaders } from './reading/default-readers.js'
export {
  type Description,
  type DescriptionReport,
  describeCodes,
  type GivenCodesOptions,
} from './reading/given-codes.js'
export type { Gap } from './reading/paired-gap.js'
export {
  type ReaderResult,
  type ReadingGap,
  type ReadingOptions,
  type ReadingPreparation,
  type ReadingReport,
  reading,
} from './reading/reading.js'
export type { SuspectRates } from './reading/suspects.js'
export { binomialInterval } from './statistics/binomial-interval.js'
export { type CapacityOf, type CapacityOptions, capacity } from './success/estimation/capacity.js'
export type { CapacityCurve, CapacityRow, CapacitySearch } from './success/estimation/capacity-of.js'
export { type Measurable, measure, successRate } from './success/estimation/given-sampler.js'
export type { Measurement, MeasureOptions } from './success/estimation/measure-dimension.js'
export {
  type MeasureSparsityOptions,
  measureSparsity,
  type SparsityMeasurement,
} from './success/estimation/measure-sparsity.js'
export type { Metric, RecoveryMetrics } from './success/estimation/recovery-metrics.js'
export type { SuccessOptions, SuccessRate } from './success/estimation/success-rate.js'
export type { Sampler } from './success/trials/sampler.js'
export { openSampler, type SamplerOptions } from './success/workers/open-sampler.js'
export type { Orientation } from './tensors/known-names.js'
