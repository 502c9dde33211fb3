import { InputError } from '../../io/input-error.js'
import { type Coupling, isCoupled, parseCoupling } from '../coupling.js'
import type { Shape } from '../model.js'
import { parseActivity } from './activity.js'
import { parseAmplitudes } from './amplitudes.js'
import { criterionOf } from './criterion.js'

/** How a dictionary of a file was read. @since 0.2.0 */
export interface DictionaryFile {
  /** Path of the file. */
  readonly file: string
  /** Of the file's bytes, hexadecimal. */
  readonly sha256: string
  /** Name of the tensor in it. */
  readonly tensor: string
  /** Whether codewords are the rows or the columns of the tensor. */
  readonly orientation: 'rows' | 'columns'
}

/** How codewords are drawn that are not in a file. */
export type DrawnFamily = 'rademacher' | 'sphere' | Coupling['text']

/** Whether it is the name of such a family. Throws InputError for a design of a coupled dictionary that is none. */
export function isDrawnFamily(text: string): text is DrawnFamily {
  if (!isCoupled(text)) return text === 'rademacher' || text === 'sphere'
  parseCoupling(text)
  return true
}

export const PREPARATIONS = ['raw', 'unit', 'centred', 'whitened', 'recentred', 'rewhitened'] as const

/** What is done to the codewords of a file, or to codes before they are read. @since 0.2.0 */
export type Preparation = (typeof PREPARATIONS)[number]

/** A model of the problem as plain data: X = Σ a_i f_i over the active codewords, plus noise. @since 0.2.0 */
export interface ModelDescription {
  /**
   * `rademacher`: fair signs over √d. `sphere`: uniform unit vectors. `coupled:ω/Λ/R`: fair signs on a band of blocks.
   * Or codewords from a file.
   */
  readonly dictionary: DrawnFamily | DictionaryFile
  /** `raw` for drawn codewords. */
  readonly prepare: Preparation
  /** η in [0, 1), the share of the code's energy that is noise. */
  readonly noise: number
  /** The law of amplitudes, as `parseAmplitudes` reads it. */
  readonly amplitudes: string
  /** The law of the active set, as `parseActivity` reads it. */
  readonly active: string
  /**
   * What counts as success, as `parseCriterion` reads it: `recall:0.8`. It changes no trial.
   *
   * @defaultValue `exact`
   */
  readonly criterion?: string | undefined
  /** Trials as `capacity` draws them: by streams of its own, over one dictionary, `rademacher` too. */
  readonly trials?: 'capacity' | undefined
}

/** The paper's model: random signs, amplitudes 1, a uniform k-subset, no noise. @since 0.2.0 */
export const IDEAL: ModelDescription = {
  dictionary: 'rademacher',
  prepare: 'raw',
  noise: 0,
  amplitudes: 'constant',
  active: 'subset',
}

/** Throws InputError for what is no model. */
export function checkModel(model: ModelDescription): void {
  const { dictionary, prepare, noise, amplitudes, active, trials } = model
  if (typeof dictionary === 'string') {
    if (!isDrawnFamily(dictionary)) {
      throw new InputError(`drawn codewords are rademacher, sphere or coupled:ω/Λ/R, not '${dictionary}'`)
    }
    if (prepare !== 'raw') {
      throw new InputError(
        `prepare is of a file's codewords: it must be raw for ${dictionary}, not '${prepare}'`,
      )
    }
    if (trials !== undefined && dictionary !== 'rademacher') {
      throw new InputError(`capacity is of a file's codewords, or of rademacher ones, not of ${dictionary}`)
    }
  } else if (!PREPARATIONS.includes(prepare)) {
    throw new InputError(`prepare must be one of ${PREPARATIONS.join(', ')}, not '${prepare}'`)
  }
  if (!(noise >= 0 && noise < 1)) {
    throw new InputError(`the noise must be a share of the code's energy, 0 ≤ η < 1, not ${noise}`)
  }
  parseAmplitudes(amplitudes)
  parseActivity(active)
  criterionOf(model)
}

/** Whether codes are sums of exactly k codewords, nothing else. */
export const isNoiseless = ({ noise, amplitudes, active }: ModelDescription): boolean =>
  noise === 0 && amplitudes === 'constant' && active === 'subset'

/** Whether trials are those of the paper's model, whatever counts as success. */
export const isIdeal = (model: ModelDescription): boolean =>
  isNoiseless(model) && model.dictionary === 'rademacher' && model.trials === undefined

/** Whether it is the paper's model, in which success is exact recovery. */
export const isPaper = (model: ModelDescription): boolean =>
  isIdeal(model) && criterionOf(model).kind === 'exact'

/** What trials are drawn from in one word: 'rademacher' for the paper's model, then what differs from it. */
export function modelId(model: ModelDescription): string {
  const { dictionary, prepare, noise, amplitudes, active, trials } = model
  const codewords =
    typeof dictionary === 'string'
      ? dictionary
      : `${dictionary.sha256}/${dictionary.tensor}/${dictionary.orientation}/${prepare}`
  return [
    codewords,
    ...(noise === 0 ? [] : [`noise=${noise}`]),
    ...(amplitudes === IDEAL.amplitudes ? [] : [`amplitudes=${amplitudes}`]),
    ...(active === IDEAL.active ? [] : [`active=${active}`]),
    ...(trials === undefined ? [] : [`trials=${trials}`]),
  ].join(',')
}

/** σ², the noise's variance a coordinate: η/(1 − η)·k/d. */
export const noiseVariance = (noise: number, { k, d }: Pick<Shape, 'k' | 'd'>): number =>
  ((noise / (1 - noise)) * k) / d
