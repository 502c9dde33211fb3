import { requireFunction, requireInteger, requireNumbers, requireObject, shown } from '../io/arguments.js'
import type { Key } from '../random/key.js'
import type { Dictionary } from './problem.js'
import type { Shape } from './trial.js'

/** Throws RangeError unless i is the index of one of `size` codewords. */
export function checkCodeword(i: number, size: number): void {
  if (!(Number.isInteger(i) && i >= 0 && i < size)) {
    throw new RangeError(`codeword ${shown(i)} is not in [0, ${size})`)
  }
}

/** Throws RangeError unless N ≥ 1, d ≥ 1 and k in [0, N] are integers. */
export function checkShape(shape: Shape): void {
  requireObject('the shape', shape)
  const { N, k, d } = shape
  requireInteger('N', N, 1)
  requireInteger('k', k, 0, N)
  requireInteger('d', d, 1)
}

/** N and d of a list of N ≥ 1 rows of d ≥ 1 numbers each. Throws RangeError for anything else. */
export function checkRows(rows: readonly ArrayLike<number>[]): { N: number; d: number } {
  if (!Array.isArray(rows) || rows.length === 0) {
    const given = Array.isArray(rows) ? 'an empty one' : shown(rows)
    throw new RangeError(`codewords must be a list of N ≥ 1 rows of numbers, not ${given}`)
  }
  const N = rows.length
  const d = rows[0]?.length
  rows.forEach((row, i) => {
    requireNumbers(`codeword ${i}`, row)
    if (row.length !== d) throw new RangeError(`codeword ${i} has ${row.length} entries, not ${d}`)
  })
  requireInteger('the length of a codeword', d, 1)
  return { N, d }
}

/** Throws RangeError unless the key is two integers: the generator takes their low 32 bits. */
export function checkKey(key: Key): void {
  requireNumbers('key', key)
  if (key.length !== 2) throw new RangeError(`key must be two integers, not ${key.length}`)
  key.forEach((word, at) => {
    requireInteger(`entry ${at} of key`, word, -(2 ** 53))
  })
}

/** Throws RangeError unless it has a size, a dimension and the methods of a dictionary. */
export function checkDictionary(dictionary: Dictionary, where = ''): void {
  const what = `${where}the dictionary`
  requireObject(what, dictionary)
  requireInteger(`${what}'s size`, dictionary.size, 1)
  requireInteger(`${what}'s dimension`, dictionary.dimension, 1)
  for (const method of ['codeword', 'correlate', 'superpose'] as const) {
    requireFunction(`${what}'s ${method}`, dictionary[method])
  }
}
