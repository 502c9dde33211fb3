import { InputError } from '../../io/input-error.js'
import { stream } from '../../random/stream.js'
import { withoutDead, withRows } from '../given-rows.js'
import { builtDictionary, type DrawnDictionary, type Model, type Shape } from '../model.js'
import { type PreparedDictionary, prepared } from '../preparation.js'
import type { Dictionary } from '../problem.js'
import { readDictionary } from '../read-dictionary.js'
import { drawActive } from './activity.js'
import { checkModel, isNoiseless, type ModelDescription, modelId } from './description.js'
import { drawCode, lawsOf, modelOf } from './general.js'

/**
 * The model of a description, its dictionary read where it is a file's. Codewords of hardly any norm are left out;
 * fewer than there are, N, are drawn by the seed. Throws InputError for what is no model, and where the file's bytes
 * are not those of the description.
 *
 * @since 0.2.0
 */
export async function openModel(description: ModelDescription): Promise<Model> {
  const { dictionary } = description
  if (typeof dictionary === 'string') return modelOf(description)
  checkModel(description)
  const { file, sha256, tensor, orientation } = dictionary
  const given = await readDictionary(file, { orientation, ...(tensor !== '' && { tensor }) })
  if (given.sha256 !== sha256) {
    throw new InputError(
      `'${file}' is not the file that was meant: its SHA-256 is ${given.sha256}, not ${sha256}`,
    )
  }
  return givenModel(description, withoutDead(given.dictionary).dictionary)
}

/** What is drawn over a dictionary that is given: active codewords, amplitudes and noise. */
function givenModel(description: ModelDescription, whole: Dictionary): Model {
  const laws = lawsOf(description)
  const plain = isNoiseless(description)
  const rows = rowsOf(whole, description)
  return {
    id: modelId(description),
    draw({ N, k, d }, seed, trial) {
      checkGiven({ N, k, d }, whole)
      const { codewords, read, drawn, reader } = rows(N, seed)
      const part = (name: string) => stream(seed, 'given', name, N, k, trial)
      const subset = drawActive(laws.activity, N, k, part('subset'))
      const draw = drawCode({ k, d }, laws, drawn, subset, part)
      const { model, ...withoutModel } = draw
      const code = () => read(plain ? codewords.superpose(subset) : draw.code(), k)
      return { ...(plain ? withoutModel : draw), dictionary: reader, code }
    },
  }
}

interface GivenRows extends Omit<PreparedDictionary, 'reader'> {
  readonly drawn: DrawnDictionary
  /** What decoders get. */
  readonly reader: DrawnDictionary
}

/** The prepared dictionary of N rows, as last asked for. */
function rowsOf(whole: Dictionary, { prepare }: ModelDescription): (N: number, seed: string) => GivenRows {
  let last: { readonly key: string; readonly rows: GivenRows } | undefined
  return (N, seed) => {
    const key = N === whole.size ? '' : `${N} ${seed}`
    if (last?.key !== key) {
      const { codewords, reader, read } = prepared(withRows(whole, N, seed), prepare)
      last = {
        key,
        rows: {
          codewords,
          read,
          drawn: builtDictionary(codewords),
          reader: { ...builtDictionary(reader), given: true },
        },
      }
    }
    return last.rows
  }
}

function checkGiven({ N, d }: Shape, { size, dimension }: Dictionary): void {
  if (d !== dimension)
    throw new InputError(`the dictionary's codewords have ${dimension} entries, not d = ${d}`)
  if (N > size) throw new InputError(`the dictionary has ${size} codewords, fewer than N = ${N}`)
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
  const given = await readDictionary(file, options)
  const {
    dictionary: { size: N, dimension: d },
    dead,
  } = withoutDead(given.dictionary)
  const { sha256, tensor = '', orientation } = given
  return { dictionary: { file, sha256, tensor, orientation }, N, d, dead }
}
