import { batched } from '../codes/batched-dictionary.js'
import { checkDictionary } from '../codes/checks.js'
import type { Dictionary } from '../codes/problem.js'
import { RademacherDictionary } from '../codes/rademacher.js'
import { requireIndices } from '../io/arguments.js'
import { Cholesky } from '../numerics/cholesky.js'
import { inner } from '../numerics/inner.js'

/** A row of the Gram matrix FᵀF times `unit`. @since 0.1.0 */
export interface GramRow {
  /** Its codeword, in [0, N). */
  readonly i: number
  /** unit·⟨f_i, f_j⟩ for every j, length N: exact integers when the dictionary is of signs. */
  readonly row: Float64Array
  /** d for a dictionary of signs, otherwise 1. */
  readonly unit: number
}

/** Rows taken in one pass over the dictionary. */
const BATCH = 16
const UNIT_NORM = 1e-9

/** Throws RangeError unless codeword i, of this squared norm, is of norm 1 up to rounding. */
export function checkUnit(i: number, norm: number): void {
  if (!(Math.abs(norm - 1) <= UNIT_NORM))
    throw new RangeError(`codeword ${i} has squared norm ${norm}; certificates are for unit codewords`)
}

/**
 * The rows of the Gram matrix FᵀF of a dictionary in turn, N of length N, made as they are asked for. Time O(N²d),
 * memory O(N).
 *
 * @throws RangeError at a codeword whose norm is not 1
 * @since 0.1.0
 */
export function* gramRows(dictionary: Dictionary): Generator<GramRow> {
  checkDictionary(dictionary)
  const many = batched(dictionary)
  const unit = dictionary instanceof RademacherDictionary ? dictionary.dimension : 1
  for (let from = 0; from < many.size; from += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, many.size - from) }, (_, m) => many.codeword(from + m))
    const rows = many.correlateMany(batch)
    for (let m = 0; m < rows.length; m++) {
      const i = from + m
      checkUnit(i, rows[m][i])
      yield { i, row: unit === 1 ? rows[m] : rows[m].map((entry) => Math.round(entry * unit)), unit }
    }
  }
}

/** The Gram matrix of k codewords, k rows of ⟨f_i, f_j⟩ in the order given. Time O(k²d). @since 0.1.0 */
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
