import { batched } from '../codes/batched-dictionary.js'
import { checkDictionary } from '../codes/checks.js'
import type { Dictionary } from '../codes/problem.js'
import { RademacherDictionary } from '../codes/rademacher.js'
import { requireIndices } from '../io/arguments.js'
import { Cholesky } from '../numerics/cholesky.js'
import { inner } from '../numerics/inner.js'

/** Row i of the Gram matrix FᵀF times `unit`. */
export interface GramRow {
  readonly i: number
  /** unit·⟨f_i, f_j⟩ for every j: exact integers when the dictionary is of signs. */
  readonly row: Float64Array
  /** d for a dictionary of signs, otherwise 1. */
  readonly unit: number
}

/** Rows taken in one pass over the dictionary. */
const BATCH = 16
const UNIT_NORM = 1e-9

/** The rows of the Gram matrix in turn. Throws RangeError at a codeword that is not of unit norm. */
export function* gramRows(dictionary: Dictionary): Generator<GramRow> {
  checkDictionary(dictionary)
  const many = batched(dictionary)
  const unit = dictionary instanceof RademacherDictionary ? dictionary.dimension : 1
  for (let from = 0; from < many.size; from += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, many.size - from) }, (_, m) => many.codeword(from + m))
    const rows = many.correlateMany(batch)
    for (let m = 0; m < rows.length; m++) {
      const i = from + m
      const norm = rows[m][i]
      if (!(Math.abs(norm - 1) <= UNIT_NORM)) {
        throw new RangeError(`codeword ${i} has squared norm ${norm}; certificates are for unit codewords`)
      }
      yield { i, row: unit === 1 ? rows[m] : rows[m].map((entry) => Math.round(entry * unit)), unit }
    }
  }
}

/** The Gram matrix of some codewords, as doubles. Throws RangeError unless they are distinct codewords of the dictionary. */
export function gramOf(dictionary: Dictionary, subset: ArrayLike<number>): Float64Array[] {
  checkDictionary(dictionary)
  requireIndices('the subset', subset, dictionary.size)
  const codewords = Array.from(subset, (i) => dictionary.codeword(i))
  return codewords.map((f) => Float64Array.from(codewords, (g) => inner(f, g)))
}

/** The Cholesky factor of the Gram matrix of some codewords, or undefined when they are linearly dependent. */
export function gramFactor(dictionary: Dictionary, subset: ArrayLike<number>): Cholesky | undefined {
  const factor = new Cholesky()
  return gramOf(dictionary, subset).every((row, i) => factor.append(row, row[i])) ? factor : undefined
}
