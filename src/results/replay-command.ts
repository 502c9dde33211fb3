import type { Shape } from '../codes/trial.js'
import { exactText } from '../io/quantity-text.js'
import { quoted } from '../io/text/shell.js'
import type { Method } from '../success/trials/sampler.js'

/** Trials of one decoder. */
export interface TrialsCommand extends Shape {
  /** A built-in name or a path. */
  readonly decoder: string
  readonly method: Method
  readonly seed: string
  readonly from?: number
  readonly trials: number
}

/** The command that runs them. */
export const successCommand = ({ decoder, N, k, d, method, seed, from, trials }: TrialsCommand): string =>
  `npx dpb success ${quoted(decoder)} -N ${exactText(N)} -k ${k} -d ${d} --method ${method} --seed ${quoted(seed)}` +
  `${from === undefined ? '' : ` --from ${from}`} --trials ${trials}`
