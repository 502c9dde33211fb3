import { ampBernoulli, ampSoft } from './amp/amp.js'
import { certifiedSearch } from './certified-search/certified-search.js'
import { cosamp } from './cosamp.js'
import type { BuiltInDecoder, Declared } from './decoder.js'
import { generalisedOmp } from './generalised-omp.js'
import { iterativeHardThresholding } from './iterative-hard-thresholding.js'
import { bpdn } from './lasso/bpdn.js'
import { fista } from './lasso/fista.js'
import { ista } from './lasso/ista.js'
import { lista } from './lista/lista.js'
import { mapThreshold } from './map-threshold.js'
import { matchingPursuit } from './matching-pursuit.js'
import { maximumLikelihood } from './maximum-likelihood.js'
import { orthogonalMatchingPursuit } from './omp.js'
import type { Reporting } from './report.js'
import { subspacePursuit } from './subspace-pursuit.js'
import { threshold } from './threshold.js'
import { topK } from './top-k.js'

/** Every built-in decoder; each can say how far its answer is to be trusted. */
export const builtInDecoders: readonly (BuiltInDecoder & Declared & Reporting)[] = [
  threshold(),
  topK(),
  matchingPursuit('unit'),
  matchingPursuit('projection'),
  orthogonalMatchingPursuit(),
  orthogonalMatchingPursuit('magnitude'),
  generalisedOmp(),
  cosamp(),
  subspacePursuit(),
  iterativeHardThresholding(),
  iterativeHardThresholding({ step: 'normalised' }),
  mapThreshold(),
  certifiedSearch(),
  maximumLikelihood(),
  ampBernoulli(),
  ampBernoulli({ onsager: false }),
  ampSoft(),
  ampSoft(false),
  ampSoft(true, { onsager: false }),
  bpdn(),
  bpdn({ range: 'non-negative' }),
  bpdn({ range: 'unit' }),
  bpdn({ solver: 'coordinate-descent' }),
  ista(),
  ista({ range: 'non-negative' }),
  fista(),
  fista({ range: 'non-negative' }),
  lista(),
]

/** The built-in decoder of this name, or undefined. */
export const builtInDecoder = (name: string) => builtInDecoders.find((decoder) => decoder.name === name)
