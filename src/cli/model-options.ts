import { type Command, InvalidArgumentError, Option } from 'commander'
import { parseActivity } from '../codes/model/activity.js'
import { parseAmplitudes } from '../codes/model/amplitudes.js'
import { criterionText, parseCriterion } from '../codes/model/criterion.js'
import {
  type DictionaryFile,
  IDEAL,
  isDrawnFamily,
  type ModelDescription,
  PREPARATIONS,
  type Preparation,
} from '../codes/model/description.js'
import type { OpenedDictionary } from '../codes/model/opened-dictionary.js'
import { InputError } from '../io/input-error.js'
import { quoted } from '../io/text/shell.js'
import { warn } from '../io/text/terminal.js'

/** The options of every command that takes a model of the problem. */
export interface ModelOptions extends FileOptions {
  readonly noise: number
  readonly amplitudes: string
  readonly active: string
  readonly dictionary: string
  /** Of commands that have one. */
  readonly criterion?: string
}

/** How a command reads a dictionary's file: tensor and orientation as asked for, found out where they are not. */
export type OpenDictionary = (
  file: string,
  asked: Pick<ModelOptions, 'tensor' | 'orientation'>,
) => DictionaryFile

/** What codes over any dictionary are made of. */
export const withCodeOptions = (command: Command): Command =>
  command
    .option('--noise <share>', "share of the code's energy that is noise", parseShare, IDEAL.noise)
    .option(
      '--amplitudes <law>',
      'of active codewords: constant, half-normal, exponential, lognormal:s or uniform:w',
      asArgument((law) => parseAmplitudes(law).text),
      IDEAL.amplitudes,
    )

/** How a dictionary's file is taken. */
export interface FileOptions {
  readonly tensor?: string
  readonly orientation?: DictionaryFile['orientation']
  readonly prepare?: Preparation
}

export const withFileOptions = (command: Command): Command =>
  command
    .option('--tensor <name>', 'which tensor of the file (default: found out)')
    .addOption(
      new Option('--orientation <which>', 'where codewords are in the tensor (default: found out)').choices([
        'rows',
        'columns',
      ]),
    )
    .addOption(
      new Option('--prepare <how>', 'what is done to the codewords of a file (default: unit)').choices(
        PREPARATIONS,
      ),
    )

export const withModelOptions = (command: Command): Command =>
  withFileOptions(
    withCodeOptions(command)
      .option(
        '--active <law>',
        'which are active: subset (exactly k), bernoulli or zipf:s (k on average)',
        asArgument((law) => parseActivity(law).text),
        IDEAL.active,
      )
      .option('--dictionary <file>', 'rademacher, sphere, coupled:ω/Λ/R, or a file', 'rademacher'),
  )

export const withCriterionOption = (command: Command): Command =>
  command.addOption(
    new Option(
      '--criterion <what>',
      'exact recovery, or what has to reach a level: recall:x, f1:x, bits:x (a share of H)',
    )
      .argParser(asArgument((text) => criterionText(parseCriterion(text))))
      .default('exact'),
  )

/**
 * The model that the options describe.
 * @param open how a file is read; without it a file is refused
 * @throws InputError where options do not go together
 */
export function modelFromOptions(options: ModelOptions, open?: OpenDictionary): ModelDescription {
  const { noise, amplitudes, active, dictionary, tensor, orientation, prepare } = options
  const { criterion = 'exact' } = options
  const laws = { noise, amplitudes, active, ...(criterion !== 'exact' && { criterion }) }
  if (isDrawnFamily(dictionary)) {
    const given = Object.entries({ tensor, orientation, prepare }).find(([, value]) => value !== undefined)
    if (given) throw new InputError(`--${given[0]} is of a file: give one by --dictionary`)
    return { ...laws, dictionary, prepare: IDEAL.prepare }
  }
  if (!open) {
    throw new InputError(
      `--dictionary is rademacher, sphere or coupled:ω/Λ/R here, not '${dictionary}': no law is known of a file's ` +
        `codewords beforehand; dpb capacity ${quoted(dictionary)} measures what they hold`,
    )
  }
  return { ...laws, dictionary: open(dictionary, options), prepare: prepare ?? 'unit' }
}

/** A model, and the size of what a file holds. */
export interface AskedProblem {
  readonly model: ModelDescription
  /** As asked for, or all codewords of the file. */
  readonly N: number
  /** Of the file's codewords. */
  readonly d?: number
  /** Codewords of the file that are left out: of less than a tenth of the median norm. */
  readonly dead?: readonly number[]
  /** The file's dictionary. */
  readonly opened?: OpenedDictionary
}

/** What a call asks for, its file read. Throws InputError where options are missing or do not go together. */
export async function problemOf(
  options: ModelOptions & { readonly codewords?: number },
): Promise<AskedProblem> {
  const { codewords, dictionary, tensor, orientation } = options
  if (isDrawnFamily(dictionary)) {
    return { model: modelFromOptions(options), N: required('-N', codewords, 'the number of codewords') }
  }
  const { OpenedDictionary } = await import('../codes/model/opened-dictionary.js')
  const opened = await OpenedDictionary.read(dictionary, { tensor, orientation })
  const { shape, dead, about } = opened
  if (dead.length > 0) warn(deadText(dead))
  const { N, d } = shape
  return { model: modelFromOptions(options, () => about), N: codewords ?? N, d, dead, opened }
}

const SHOWN = 5

/** What is said of codewords that were never trained. */
export const deadText = (dead: readonly number[]): string =>
  `${dead.length === 1 ? 'a codeword' : `${dead.length} codewords`} of less than a tenth of the median norm ` +
  'left out: ' +
  dead.slice(0, SHOWN).join(', ') +
  (dead.length > SHOWN ? ', …' : '')

/** What a result says of them; nothing where there are none. */
export const deadField = ({ dead = [] }: AskedProblem) => (dead.length > 0 ? { dead } : {})

/** The option's value. Throws InputError where it was not given. */
export function required<T>(flag: string, value: T | undefined, what: string): T {
  if (value === undefined) throw new InputError(`${flag} is needed: ${what}`)
  return value
}

/** Turns a refusal of the parser into one of the option. */
const asArgument =
  <T>(parse: (given: string) => T) =>
  (given: string): T => {
    try {
      return parse(given)
    } catch (error) {
      throw new InvalidArgumentError(`${(error as Error).message}.`)
    }
  }

/** A share in [0, 1). */
function parseShare(given: string): number {
  const value = given.trim() === '' ? Number.NaN : Number(given)
  if (!(value >= 0 && value < 1))
    throw new InvalidArgumentError(`'${given}' is not a share from 0 to below 1.`)
  return value
}
