import { checkDictionary } from '../codes/checks.js'
import type { CodeModel, Dictionary } from '../codes/problem.js'
import { requireInteger, shown } from '../io/arguments.js'

/** What a decoder makes of codes that are all over one dictionary and of k codewords each, or of a model. */
export type ReadMany<Result> = (
  dictionary: Dictionary,
  codes: readonly Float64Array[],
  k: number,
  model?: CodeModel,
) => Result[]

/**
 * The same behind the one door of all built-in decoders: RangeError, with the decoder's name, at what is no problem.
 */
export const withProblemCheck =
  <Result>(where: string, read: ReadMany<Result>): ReadMany<Result> =>
  (dictionary, codes, k, model) => {
    checkProblem(where, dictionary, codes, k)
    return read(dictionary, codes, k, model)
  }

/** Throws RangeError unless the codes are such as `checkCodes` wants, and k is an integer from 0 to N. */
export function checkProblem(
  where: string,
  dictionary: Dictionary,
  codes: readonly Float64Array[],
  k: number,
): void {
  checkCodes(where, dictionary, codes)
  requireInteger(`${where}: k`, k, 0, dictionary.size)
}

/**
 * Throws RangeError unless the codes are vectors of the dictionary's dimension with finite entries. One pass over
 * each code: next to one over the dictionary that is nothing.
 * @param most largest magnitude of an entry
 */
export function checkCodes(
  where: string,
  dictionary: Dictionary,
  codes: readonly Float64Array[],
  most = Number.MAX_VALUE,
): void {
  checkDictionary(dictionary, `${where}: `)
  const d = dictionary.dimension
  if (!Array.isArray(codes))
    throw new RangeError(`${where}: codes must be a list of codes, not ${shown(codes)}`)
  codes.forEach((code, c) => {
    const which = codes.length > 1 ? `code ${c}` : 'the code'
    if ((code as Float64Array | undefined)?.[Symbol.toStringTag] !== 'Float64Array') {
      throw new RangeError(`${where}: ${which} must be a Float64Array of length d = ${d}, not ${shown(code)}`)
    }
    if (code.length !== d) {
      throw new RangeError(`${where}: ${which} must have length d = ${d}, not ${code.length}`)
    }
    for (let j = 0; j < d; j++) {
      if (Math.abs(code[j]) <= most) continue
      const right =
        most < Number.MAX_VALUE && Number.isFinite(code[j]) ? `at most ${most} in size` : 'a finite number'
      throw new RangeError(`${where}: entry ${j} of ${which} must be ${right}, not ${code[j]}`)
    }
  })
}
