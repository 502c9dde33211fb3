import type { BatchedDictionary } from '../../codes/batched-dictionary.js'
import { parseAmplitudes } from '../../codes/model/amplitudes.js'
import type { CodeModel, Dictionary } from '../../codes/problem.js'
import { iterateSelective } from '../batched-iteration.js'
import { reportingDecoder } from '../decode-report.js'
import { finishingDecoder, fittedCandidates, type Listed } from '../finish.js'
import { byProjection, squaredNorms } from '../norms.js'
import { checkOption, checkOptions, countRule, flagRule } from '../options.js'
import { amplitudePrior } from './amplitude-prior.js'
import { bernoulli, type Denoiser, softThreshold, unevenBernoulli } from './denoiser.js'
import { ampIteration, MessagePassing } from './message-passing.js'

/** How AMP runs. @since 0.1.0 */
export interface AmpOptions {
  /** Onsager's correction. @defaultValue `true` */
  readonly onsager?: boolean
  /** Steps at most. @defaultValue `100`, with the soft threshold 300 */
  readonly iterations?: number
  /**
   * Steps since the noise was last at its least after which it gives up.
   *
   * @defaultValue `30`, without Onsager's correction 10
   */
  readonly patience?: number
}

/**
 * Bits of a residual that its correlations take: rounding adds less than 0.2 % to the variance of the noise, and most
 * residuals fit one pass over packed signs.
 */
const BITS = 5

/**
 * The noise of a code that is hard to read neither falls nor stands still: it wanders, and may fall yet. With Onsager's
 * correction patience reads more codes, without it hardly one more after 10 steps: reports/amp-patience.md.
 */
const PATIENCE = { onsager: 30, without: 10 }

const rules = { onsager: flagRule, iterations: countRule, patience: countRule }

/**
 * Approximate message passing with the posterior mean under the Bernoulli prior k/N, and the law of amplitudes of the
 * problem's model: the Bayes-optimal member of the family for a uniform subset. Deterministic. Stops when the k most
 * probable codewords encode to the code, which then is the answer; or when the noise has not fallen below its least
 * for 30 steps. Against 10 steps that reads 5 or 6 more of 100 codes at d50 (N = 2^8 to 2^16), 2 to 4 some 8 % below
 * it, for twice the passes; 100 steps would read 1 or 2 more for twice as many again (reports/amp-patience.md, made by
 * `node dist/bench/amp-patience.js`).
 *
 * No guarantee on one dictionary; over random ones the noise follows state evolution for large N, which ends at 0
 * from d = k·sup_s s·M(s) on (`ampDimension`). A step costs one pass over the dictionary. Source: Donoho, Maleki &
 * Montanari 2009; Bayati & Montanari 2011.
 *
 * @since 0.1.0
 */
export function ampBernoulli(options: AmpOptions = {}) {
  const how = settings('ampBernoulli', options, 100)
  const { onsager } = how
  return reportingDecoder(
    {
      name: onsager ? 'amp-bernoulli' : 'amp-bernoulli-without-onsager',
      source: 'Donoho, Maleki & Montanari 2009; Bayati & Montanari 2011',
      label: onsager ? 'AMP' : 'AMP, no Onsager',
      family: 'message passing',
      law: onsager ? 'amp-bernoulli' : 'amp-bernoulli-without-onsager',
    },
    passMessages(posteriorMean, how),
  )
}

/**
 * `ampBernoulli` with its patience spent, finished by least squares: the codewords that its last step ranks first
 * are fitted, and the answer is certain where that reads it.
 *
 * @since 0.2.0
 */
export function finishedAmp(options: AmpOptions = {}) {
  const how = settings('finishedAmp', options, 100)
  return finishingDecoder(
    {
      name: how.onsager ? 'amp-bernoulli-finished' : 'amp-bernoulli-without-onsager-finished',
      source: 'Donoho, Maleki & Montanari 2009; Bayati & Montanari 2011',
      label: how.onsager ? 'AMP, finished' : 'AMP, no Onsager, finished',
      family: 'message passing',
    },
    listMessages(posteriorMean, how, ({ size, dimension }) => fittedCandidates(size, dimension)),
  )
}

/**
 * Approximate message passing with the soft threshold that is minimax for k of N: a solver of basis pursuit, whose
 * transition it has for large N, the statistical dimension. Stops as `ampBernoulli` does; patience reads 7 to 9 more of
 * 100 codes at d50.
 * @param nonnegative whether coefficients are known to be non-negative.
 * @since 0.1.0
 */
export function ampSoft(nonnegative = true, options: AmpOptions = {}) {
  checkOption('ampSoft', 'nonnegative', nonnegative, flagRule)
  const how = settings('ampSoft', options, 300)
  const { onsager } = how
  return reportingDecoder(
    {
      name: `amp-soft${nonnegative ? '' : '-signed'}${onsager ? '' : '-without-onsager'}`,
      source: 'Donoho, Maleki & Montanari 2009',
      label: `AMP, soft${nonnegative ? (onsager ? ', ≥ 0' : '') : ''}${onsager ? '' : ', no Onsager'}`,
      family: 'message passing',
      law: `amp-soft${nonnegative ? '' : '-signed'}${onsager ? '' : '-without-onsager'}`,
    },
    passMessages(({ N, k }) => softThreshold(N, k, nonnegative ? 1 : 2), how),
  )
}

function settings(where: string, options: AmpOptions, most: number): Required<AmpOptions> {
  const { onsager = true, iterations = most } = checkOptions(where, options, rules)
  const { patience = onsager ? PATIENCE.onsager : PATIENCE.without } = options
  return { onsager, iterations, patience }
}

/** What a denoiser is made for. */
interface Sought {
  readonly N: number
  readonly k: number
  /** ‖f_i‖² where they are not all 1. */
  readonly norms: Float64Array | undefined
  readonly model: CodeModel | undefined
}

/** Under a law of amplitudes codewords count as if they had norm 1. */
function posteriorMean({ N, k, norms, model }: Sought): Denoiser {
  const law = parseAmplitudes(model?.amplitudes ?? 'constant')
  if (law.kind !== 'constant') return amplitudePrior(N, k, law)
  return norms ? unevenBernoulli(N, k, norms) : bernoulli(N, k)
}

/** @param listing how many candidates are listed for a finish */
const listMessages =
  (
    denoiser: (sought: Sought) => Denoiser,
    { onsager, iterations, patience: stalled }: Required<AmpOptions>,
    listing: (dictionary: Dictionary) => number = () => 0,
  ) =>
  (dictionary: Dictionary, codes: readonly Float64Array[], k: number, model?: CodeModel): Listed[] => {
    const listed = listing(dictionary)
    const denoise = denoiser({ N: dictionary.size, k, norms: squaredNorms(dictionary), model })
    const start = (many: BatchedDictionary, code: Float64Array) =>
      ampIteration(many, code, k, new MessagePassing(many, code, denoise, onsager), {
        iterations,
        stalled,
        bits: BITS,
        listed,
      })
    return iterateSelective(byProjection(dictionary), codes, start, BITS)
  }

const passMessages =
  (...how: Parameters<typeof listMessages>) =>
  (...problem: Parameters<ReturnType<typeof listMessages>>) =>
    listMessages(...how)(...problem).map(({ report }) => report)
