import type { Problem } from '../../codes/problem.js'
import type { Declared } from '../../decoders/decoder.js'
import { firstLine } from '../workers/load-decoder.js'
import type { Violation } from './sampler.js'
import { answerFault } from './validate-answer.js'

/**
 * The decoder's answer to this problem as an array, or what breaks its contract: nothing that it throws or answers gets out.
 * @param watched codewords to look at before and after; the code and the problem always are.
 */
export async function attempt(
  decoder: Declared,
  problem: Problem,
  watched: readonly number[] = [],
): Promise<number[] | Violation> {
  const { dictionary, code, k } = problem
  const { size, dimension } = dictionary
  const codeBefore = code.slice()
  const codewordsBefore = watched.map((i) => dictionary.codeword(i))
  try {
    const given: unknown = await decoder.decode(problem)
    const fault = answerFault(given, size, k, decoder.sizeVaries)
    if (fault) return fault
    const changed =
      (!sameEntries(code, codeBefore) && 'code') ||
      ((problem.code !== code || problem.k !== k || problem.dictionary !== dictionary) && 'problem') ||
      ((dictionary.size !== size || dictionary.dimension !== dimension) && 'shape of the dictionary') ||
      (!watched.every((i, m) => sameEntries(dictionary.codeword(i), codewordsBefore[m])) && 'dictionary')
    if (changed) return { kind: 'changed-input', message: `changed the ${changed}` }
    return Array.from(given as ArrayLike<number>)
  } catch (error) {
    return { kind: 'throw', message: `threw: ${firstLine(error)}` }
  }
}

const sameEntries = (a: Float64Array, b: Float64Array): boolean =>
  a.length === b.length && a.every((x, i) => x === b[i])
