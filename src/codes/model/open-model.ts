import { InputError } from '../../io/input-error.js'
import { lastValue } from '../../numerics/last-value.js'
import { stream } from '../../random/stream.js'
import type { Model, Shape } from '../model.js'
import { prepared } from '../preparation.js'
import { rademacherDictionary } from '../rademacher.js'
import { drawActive } from './activity.js'
import { checkModel, type ModelDescription, modelId } from './description.js'
import { type CodeLaws, drawCode, lawsOf, modelOf } from './general.js'
import { OpenedDictionary } from './opened-dictionary.js'
import { type PreparedRows, preparedRows } from './prepared-rows.js'

/** The rows that trials of a shape and a seed are over. */
export type RowsOf = (shape: Shape, seed: string) => PreparedRows

/**
 * The model of a description, its dictionary read where it is a file's. Codewords of hardly any norm are left out;
 * fewer than there are, N, are drawn by the seed. Throws InputError for what is no model, and where the file's bytes
 * are not those of the description.
 *
 * @since 0.2.0
 */
export async function openModel(description: ModelDescription): Promise<Model> {
  return modelOver(description, await openDictionary(description))
}

/**
 * The same with its dictionary opened.
 * @param opened undefined where codewords are drawn
 */
export function modelOver(description: ModelDescription, opened: OpenedDictionary | undefined): Model {
  checkModel(description)
  const { prepare, trials } = description
  if (opened) return givenModel(description, (shape, seed) => opened.rows(prepare, shape, seed).rows)
  return trials === 'capacity' ? givenModel(description, oneRademacher()) : modelOf(description)
}

/**
 * The dictionary of a description whose codewords are in a file; undefined for drawn ones.
 * @param opened the file's, where it has been read already
 */
export async function openDictionary(
  description: ModelDescription | undefined,
  opened?: OpenedDictionary,
): Promise<OpenedDictionary | undefined> {
  if (typeof description?.dictionary !== 'object') return undefined
  checkModel(description)
  const { file, sha256, tensor, orientation } = description.dictionary
  const found =
    opened ?? (await OpenedDictionary.read(file, { orientation, ...(tensor !== '' && { tensor }) }))
  const { about } = found
  if (about.sha256 !== sha256) {
    throw new InputError(
      `'${file}' is not the file that was meant: its SHA-256 is ${about.sha256}, not ${sha256}`,
    )
  }
  return found
}

/** The model of a description over a dictionary that is given. */
export function givenModel(description: ModelDescription, rowsOf: RowsOf): Model {
  const { trials = 'given' } = description
  return drawnOver(rowsOf, { id: modelId(description), laws: lawsOf(description), streams: trials })
}

/**
 * What is drawn over a dictionary that is given: active codewords, amplitudes and noise.
 * @param streams what their streams are called
 */
export function drawnOver(
  rowsOf: RowsOf,
  { id, laws, streams }: { id: string; laws: CodeLaws; streams: 'given' | 'capacity' },
): Model {
  const { noise, amplitudes, activity } = laws
  const plain = noise === 0 && amplitudes.kind === 'constant' && activity.kind === 'subset'
  return {
    id,
    given: true,
    draw(shape, seed, trial) {
      const { N, k, d } = shape
      const { codewords, read, drawn, reader } = rowsOf(shape, seed)
      const part = (name: string) => stream(seed, streams, name, N, k, trial)
      const subset = drawActive(laws.activity, N, k, part('subset'))
      const draw = drawCode({ k, d }, laws, drawn, subset, part)
      const { model, ...withoutModel } = draw
      const code = () => read(plain ? codewords.superpose(subset) : draw.code(), k)
      return { ...(plain ? withoutModel : draw), dictionary: reader, code }
    },
  }
}

/** Random signs that are the same in every trial of a seed, beside which a file's codewords are set. */
function oneRademacher(): RowsOf {
  const kept = lastValue<PreparedRows>()
  return ({ N, d }, seed) => {
    return kept(JSON.stringify([N, d, seed]), () => {
      const signs = rademacherDictionary(N, d, stream(seed, 'capacity', 'rademacher').key())
      return preparedRows(prepared(signs, 'raw'))
    })
  }
}

/**
 * N and d of a file's dictionary, which codewords are left out of it, and how it was read: for a description.
 *
 * @since 0.2.0
 */
export async function describeFile(
  file: string,
  options: { readonly tensor?: string | undefined; readonly orientation?: 'rows' | 'columns' | undefined },
) {
  const { about: dictionary, shape, dead } = await OpenedDictionary.read(file, options)
  return { dictionary, ...shape, dead: [...dead] }
}
