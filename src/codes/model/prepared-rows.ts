import { DenseDictionary } from '../dense.js'
import { Float32Dictionary, type SharedRows } from '../float32-dictionary.js'
import { builtDictionary, type DrawnDictionary } from '../model.js'
import { type PreparedDictionary, type PreparedParts, withReading } from '../preparation.js'
import type { Dictionary } from '../problem.js'

/** A dictionary made ready for its trials. */
export interface PreparedRows extends Omit<PreparedDictionary, 'reader'> {
  readonly drawn: DrawnDictionary
  /** What decoders get. */
  readonly reader: DrawnDictionary
}

/** Prepared rows as a message between threads holds them: the codewords themselves are shared, not copied. */
export interface SharedPreparation {
  readonly codewords: SharedRows | SharedEntries
  readonly reader: SharedRows | SharedEntries
  readonly mean: Float64Array | undefined
  /** Rows of the Cholesky factor. */
  readonly factor: readonly Float64Array[] | undefined
}

interface SharedEntries {
  readonly entries: Float64Array
  readonly d: number
}

export function preparedRows({ codewords, reader, read }: PreparedDictionary): PreparedRows {
  return {
    codewords,
    read,
    drawn: builtDictionary(codewords),
    reader: { ...builtDictionary(reader), given: true },
  }
}

/** What another thread makes the same rows of, by `rowsFrom`. */
export function sharedPreparation({ codewords, reader, mean, factor }: PreparedParts): SharedPreparation {
  const ours = shared(codewords)
  return { codewords: ours, reader: reader === codewords ? ours : shared(reader), mean, factor }
}

export function rowsFrom({ codewords, reader, mean, factor }: SharedPreparation): PreparedRows {
  const ours = dictionaryOf(codewords)
  return preparedRows(
    withReading({
      codewords: ours,
      reader: reader === codewords ? ours : dictionaryOf(reader),
      ...(mean && { mean }),
      ...(factor && { factor }),
    }),
  )
}

/** Given codewords are floats, or doubles that stand in shared memory. */
function shared(dictionary: Dictionary): SharedRows | SharedEntries {
  if (dictionary instanceof Float32Dictionary) return dictionary.share()
  return { entries: (dictionary as DenseDictionary).entries(), d: dictionary.dimension }
}

const dictionaryOf = (given: SharedRows | SharedEntries): Dictionary =>
  'entries' in given ? new DenseDictionary(given.entries, given.d) : Float32Dictionary.from(given)
