import { InputError } from '../io/input-error.js'
import { didYouMean } from '../io/suggestion.js'
import { ampBernoulli, ampSoft, finishedAmp } from './amp/amp.js'
import { coupledAmp } from './amp/coupled-amp.js'
import { finishedVamp, vamp } from './amp/vamp.js'
import { certifiedSearch } from './certified-search/certified-search.js'
import type { Reporting } from './decode-report.js'
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
import type { Conditional } from './member-rules/conditional.js'
import { mapThresholdDecoder } from './one-step/map-threshold.js'
import { threshold } from './one-step/threshold.js'
import { topK } from './one-step/top-k.js'

/** Every built-in decoder; each can say how far its answer is to be trusted. @since 0.1.0 */
export const builtInDecoders: readonly (BuiltInDecoder & Declared & Reporting)[] = [
  threshold(),
  topK(),
  matchingPursuit('unit'),
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

/** What goes by a shorter name too. */
const SHORT: Readonly<Record<string, string>> = {
  omp: 'orthogonal-matching-pursuit',
  mp: 'matching-pursuit',
  iht: 'iterative-hard-thresholding',
  niht: 'normalised-iterative-hard-thresholding',
  amp: 'amp-bernoulli',
}

/**
 * The built-in decoder of this name or short name, or undefined. A threshold's may have its bar: `threshold:0.9`.
 */
export const builtInDecoder = (name: string) =>
  builtInDecoders.find((decoder) => decoder.name === (SHORT[name] ?? name)) ?? withBar(name)

const BAR = /^(relative-)?threshold:([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)$/i

/** Threshold decoding with the bar of `threshold:τ` or `relative-threshold:τ`. */
function withBar(name: string) {
  const [, relative, tau] = BAR.exec(name) ?? []
  return Number.isFinite(Number(tau)) ? threshold(Number(tau), relative !== undefined) : undefined
}

/** Whether a name is meant for threshold decoding with a bar, whatever stands for the bar. */
export const hasBar = (name: string): boolean => /^(relative-)?threshold:/.test(name)

/** What to say where no built-in decoder has this name: what a bar is, the likeliest names, or all. */
export function likelyDecoders(name: string, besides = ''): string {
  if (hasBar(name)) return `a bar is a finite number, as in threshold:0.9 or relative-threshold:3`
  const names = builtInDecoders.map((decoder) => decoder.name)
  return didYouMean(name, [...names, ...Object.keys(SHORT)]) ?? `built in are ${names.join(', ')}${besides}`
}

/** The same. Throws InputError, with the likeliest ones, where there is none. */
export function decoderCalled(name: string) {
  const decoder = builtInDecoder(name)
  if (decoder) return decoder
  throw new InputError(`there is no built-in decoder '${name}'; ${likelyDecoders(name)}`)
}

/** Whether the decoder of this name is built in, and its success can be computed given the members. */
export const hasConditional = (name: string): boolean => builtInDecoder(name)?.conditional !== undefined

/**
 * What makes the success of a built-in decoder computable. Throws InputError, saying which have it, where it is not.
 */
export function conditionalOf(name: string): Conditional {
  const { conditional } = builtInDecoder(name) ?? {}
  if (conditional) return conditional
  const names = builtInDecoders.flatMap((one) => (one.conditional ? [one.name] : [])).join(', ')
  throw new InputError(
    `'${name}' has no conditional method; ${names} have one, and --method simulation fits any`,
  )
}

/** Whether it has a conditional method for any model over random signs. */
export const hasGeneral = (name: string): boolean => builtInDecoder(name)?.general !== undefined

/**
 * The built-in decoder of this name, which can be computed given all of a code but the non-members. Throws InputError,
 * saying which can, where it cannot.
 */
export function generalOf(name: string): BuiltInDecoder {
  const decoder = builtInDecoder(name)
  if (decoder?.general) return decoder
  const names = builtInDecoders.flatMap((one) => (one.general ? [one.name] : [])).join(', ')
  throw new InputError(
    `'${name}' has no conditional method for this model; ${names} have one, and --method simulation fits any`,
  )
}
