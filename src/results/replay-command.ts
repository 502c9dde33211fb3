import { IDEAL, type ModelDescription } from '../codes/model/description.js'
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
  /** The paper's unless given. */
  readonly model?: ModelDescription
  readonly from?: number
  readonly trials: number
}

/** The options that ask for this model, each after a space; none for the paper's. */
export function modelArguments({ dictionary, prepare, noise, amplitudes, active }: ModelDescription): string {
  const file = typeof dictionary === 'string' ? undefined : dictionary
  const options = {
    dictionary: file ? file.file : dictionary === IDEAL.dictionary ? undefined : dictionary,
    tensor: file?.tensor === '' ? undefined : file?.tensor,
    orientation: file?.orientation,
    prepare: file && prepare,
    noise: noise === IDEAL.noise ? undefined : noise,
    amplitudes: amplitudes === IDEAL.amplitudes ? undefined : amplitudes,
    active: active === IDEAL.active ? undefined : active,
  }
  return Object.entries(options)
    .flatMap(([name, value]) => (value === undefined ? [] : [` --${name} ${quoted(String(value))}`]))
    .join('')
}

/** The command that runs them. */
export const successCommandLine = ({
  decoder,
  N,
  k,
  d,
  model,
  method,
  seed,
  from,
  trials,
}: TrialsCommand): string =>
  `npx dpb success ${quoted(decoder)} -N ${exactText(N)} -k ${k} -d ${d}${model ? modelArguments(model) : ''} ` +
  `--method ${method} --seed ${quoted(seed)}` +
  `${from === undefined ? '' : ` --from ${from}`} --trials ${trials}`
