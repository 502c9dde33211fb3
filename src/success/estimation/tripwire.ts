import { idealSuccess } from '../../bounds/ideal-decoding.js'
import { IDEAL, isPaper } from '../../codes/model/description.js'
import type { Shape } from '../../codes/model.js'
import type { Sampler } from '../trials/sampler.js'

/** Probability that a decoder which reads nothing but dictionary and code is called impossible, a look. */
const FALSE_ALARM = 1e-9

/** Success that no decoder has, but by chance with probability at most 1e-9. */
export interface Impossible extends Shape {
  readonly successes: number
  readonly trials: number
  /** The largest success probability of any decoder at this shape, on average over dictionaries and subsets. */
  readonly bound: number
}

/** What values are of. */
type Source = Pick<Sampler, 'method' | 'model'>

/**
 * Whether 0/1 outcomes of independent trials are impossible: more exact recoveries than the largest probability of any
 * decoder allows (the strong converse of `idealSuccess`). Undefined where they are not, or are no such outcomes:
 * under another model than the paper's counting allows more.
 */
export function impossible(
  { method, model = IDEAL }: Source,
  { N, k, d }: Shape,
  values: ArrayLike<number>,
): Impossible | undefined {
  if (method !== 'simulation' || !isPaper(model)) return undefined
  const outcomes = Array.from(values)
  if (!outcomes.every((value) => value === 0 || value === 1)) return undefined
  const successes = outcomes.reduce<number>((sum, value) => sum + value, 0)
  if (k === 0 || k === N || successes === 0) return undefined
  const bound = Math.exp(idealSuccess(N, k, d))
  if (bound >= successes / outcomes.length) return undefined
  if (logTail(outcomes.length, successes, bound) > Math.log(FALSE_ALARM)) return undefined
  return { N, k, d, successes, trials: outcomes.length, bound }
}

/** ln of what P(Bin(n, p) ≥ s) is at most, for s > np (Chernoff's bound). */
function logTail(n: number, s: number, p: number): number {
  const failures = n - s
  const part = failures === 0 ? 0 : failures * Math.log(failures / (n * (1 - p)))
  return -(s * Math.log(s / (n * p)) + part)
}

/** In a sentence. */
export function impossibleText(decoder: string, { N, k, d, successes, trials, bound }: Impossible): string {
  const rate = `${successes} of ${trials} trials at N = ${N}, k = ${k}, d = ${d}`
  return (
    `impossible: ${decoder} succeeds in ${rate}, where counting allows no decoder a probability above ` +
    `${bound.toPrecision(2)}; it knows more than dictionary and code`
  )
}
