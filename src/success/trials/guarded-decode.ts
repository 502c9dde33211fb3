import type { Problem } from '../../codes/problem.js'
import type { BuiltInDecoder, Declared } from '../../decoders/decoder.js'
import { detailOf, firstLine } from '../../io/first-line.js'
import { type Disturbance, disturb } from './disturbance.js'
import type { Violation } from './sampler.js'
import { type Beside, snapshot, type Taken, takeAnswer } from './take-answer.js'
import { placeOf } from './thrown-at.js'
import { answerViolation } from './validate-answer.js'

export interface DecodeOptions {
  /** Codewords to look at before and after; the code and the problem always are. */
  readonly watched?: readonly number[]
  /** What Math.random and the clocks say while it decodes; as they are unless given. */
  readonly disturbance?: Disturbance | undefined
}

/**
 * A decoder's answer: a list that keeps the contract, or what breaks it; and what it looked at outside of the
 * problem.
 */
export interface Decoded {
  readonly answer: readonly number[] | Violation
  readonly beside?: Beside | undefined
  /** Whether it drew from `problem.random`. */
  readonly drew: boolean
  /** Calls of Math.random, and of a clock, while there was a disturbance. */
  readonly outside: { readonly random: number; readonly clock: number }
}

/** Decode a problem: nothing that the decoder throws or answers gets out. */
export async function guardedDecode(
  decoder: Declared,
  { dictionary, code, k, random, model }: Problem,
  { watched = [], disturbance }: DecodeOptions = {},
): Promise<Decoded> {
  const { size, dimension } = dictionary
  const codeBefore = code.slice()
  const codewordsBefore = watched.map((i) => dictionary.codeword(i))
  let drew = false
  const problem: Problem = {
    dictionary,
    code,
    k,
    ...(model && { model: Object.freeze({ ...model }) }),
    random() {
      drew = true
      return random()
    },
  }
  const changed = () =>
    ((problem.code !== code || problem.k !== k || problem.dictionary !== dictionary) && 'problem') ||
    (!sameEntries(code, codeBefore) && 'code') ||
    ((dictionary.size !== size || dictionary.dimension !== dimension) && 'shape of the dictionary') ||
    (!watched.every((i, m) => sameEntries(dictionary.codeword(i), codewordsBefore[m])) && 'dictionary')
  const world = disturbance ? disturb(disturbance) : undefined
  const decode = async (): Promise<Taken | Violation> => {
    try {
      const taken = takeAnswer(await decoder.decode(problem), { N: size, k }, decoder.sizeVaries)
      if ('kind' in taken) return taken
      const what = changed()
      if (what) return { kind: 'changed-input', message: `changed the ${what}` }
      return taken
    } catch (error) {
      return { kind: 'throw', message: `threw: ${firstLine(error)}${placeOf(error)}`, ...detailOf(error) }
    } finally {
      world?.restore()
    }
  }
  const taken = await decode()
  const said = { drew, outside: world?.calls ?? { random: 0, clock: 0 } }
  if ('kind' in taken) return { answer: taken, ...said }
  const { list, ...beside } = taken
  return { answer: list, beside, ...said }
}

/**
 * The answers of a decoder that reads many codes, to problems over one dictionary with the same k and model; undefined
 * where anything breaks the contract.
 */
export function guardedDecodeMany(
  decoder: Declared & Pick<BuiltInDecoder, 'decodeMany'>,
  problems: readonly Problem[],
  watched: readonly number[],
): number[][] | undefined {
  const [{ dictionary, k, model }] = problems
  const { size, dimension } = dictionary
  const codes = problems.map(({ code }) => code)
  const codesBefore = codes.map((code) => code.slice())
  const codewordsBefore = watched.map((i) => dictionary.codeword(i))
  try {
    const answers: unknown = decoder.decodeMany!(dictionary, codes, k, model && Object.freeze({ ...model }))
    if (!Array.isArray(answers) || answers.length !== codes.length) return undefined
    const given = answers.map((answer) => snapshot(answer, size))
    const keeps =
      given.every((answer) => answerViolation(answer, size, k, decoder.sizeVaries) === undefined) &&
      codes.every((code, m) => sameEntries(code, codesBefore[m])) &&
      dictionary.size === size &&
      dictionary.dimension === dimension &&
      watched.every((i, m) => sameEntries(dictionary.codeword(i), codewordsBefore[m]))
    return keeps ? (given as number[][]) : undefined
  } catch {
    return undefined
  }
}

const sameEntries = (a: Float64Array, b: Float64Array): boolean =>
  a.length === b.length && a.every((x, i) => x === b[i])
