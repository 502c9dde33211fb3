import type { BatchedDictionary } from '../../codes/batched-dictionary.js'
import type { Dictionary } from '../../codes/problem.js'
import { iterateSelective } from '../batched-iteration.js'
import { reportingDecoder } from '../decode-report.js'
import { checkOption, checkOptions, count, flag } from '../options.js'
import { bernoulli, type Denoiser, softThreshold } from './denoiser.js'
import { ampRound, MessagePassing } from './message-passing.js'

/** How AMP runs. */
export interface AmpOptions {
  /** Onsager's correction; true unless given. */
  readonly onsager?: boolean
  /** Steps at most, 100 unless given. */
  readonly iterations?: number
}

/**
 * Bits of a residual that its correlations take: rounding adds less than 0.2 % to the variance of the noise, and most
 * residuals fit one pass over packed signs.
 */
const BITS = 5
const STALLED = 10

const rules = { onsager: flag, iterations: count }

/**
 * Approximate message passing with the posterior mean under the Bernoulli prior k/N: the Bayes-optimal member of the
 * family for a uniform subset. Deterministic. Stops when the k most probable codewords encode to the code, which then
 * is the answer; or when the noise has not fallen for 10 steps.
 *
 * No guarantee on one dictionary; over random ones the noise follows state evolution for large N, which ends at 0 from d = k·sup_s s·M(s)
 * on (`ampDimension`). A step costs one pass over the dictionary.
 * Source: Donoho, Maleki & Montanari 2009; Bayati & Montanari 2011.
 */
export function ampBernoulli(options: AmpOptions = {}) {
  const { onsager = true, iterations = 100 } = checkOptions('ampBernoulli', options, rules)
  return reportingDecoder(
    {
      name: onsager ? 'amp-bernoulli' : 'amp-bernoulli-without-onsager',
      source: 'Donoho, Maleki & Montanari 2009; Bayati & Montanari 2011',
      label: onsager ? 'AMP' : 'AMP, no Onsager',
      family: 'message passing',
      law: onsager ? 'amp-bernoulli' : 'amp-bernoulli-without-onsager',
    },
    passMessages(bernoulli, onsager, iterations),
  )
}

/**
 * Approximate message passing with the soft threshold that is minimax for k of N: a solver of basis pursuit, whose
 * transition it has for large N, the statistical dimension. Stops as `ampBernoulli` does.
 * @param nonnegative whether coefficients are known to be non-negative.
 */
export function ampSoft(nonnegative = true, options: AmpOptions = {}) {
  checkOption('ampSoft', 'nonnegative', nonnegative, flag)
  const { onsager = true, iterations = 300 } = checkOptions('ampSoft', options, rules)
  return reportingDecoder(
    {
      name: `amp-soft${nonnegative ? '' : '-signed'}${onsager ? '' : '-without-onsager'}`,
      source: 'Donoho, Maleki & Montanari 2009',
      label: `AMP, soft${nonnegative ? (onsager ? ', ≥ 0' : '') : ''}${onsager ? '' : ', no Onsager'}`,
      family: 'message passing',
      law: `amp-soft${nonnegative ? '' : '-signed'}${onsager ? '' : '-without-onsager'}`,
    },
    passMessages((N, k) => softThreshold(N, k, nonnegative ? 1 : 2), onsager, iterations),
  )
}

const passMessages =
  (denoiser: (N: number, k: number) => Denoiser, onsager: boolean, iterations: number) =>
  (dictionary: Dictionary, codes: readonly Float64Array[], k: number) => {
    const denoise = denoiser(dictionary.size, k)
    const start = (many: BatchedDictionary, code: Float64Array) =>
      ampRound(many, code, k, new MessagePassing(many, code, denoise, onsager), {
        iterations,
        stalled: STALLED,
        bits: BITS,
      })
    return iterateSelective(dictionary, codes, start, BITS)
  }
