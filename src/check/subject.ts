import type { Problem } from '../codes/problem.js'
import type { Declared } from '../decoders/decoder.js'
import { attempt } from '../success/trials/guarded-decode.js'
import { Breach, type Subject, Unfit } from './property.js'

/**
 * A decoder as properties read with it.
 * @param onDecode called before each decode.
 */
export function subjectOf(decoder: Declared, onDecode: () => void = () => {}): Subject {
  return {
    decoder,
    async read({ dictionary, code, k, random }, watched = []) {
      const shape = { N: dictionary.size, k, d: dictionary.dimension }
      const refusal = decoder.refuses?.(shape)
      if (refusal !== undefined) throw new Unfit(refusal)
      let drew = false
      const counted = () => {
        drew = true
        return random()
      }
      onDecode()
      const problem: Problem = { dictionary, code: code.slice(), k, random: counted }
      const answer = await attempt(decoder, problem, watched)
      if ('kind' in answer) throw new Breach(answer.message)
      return { indices: answer, drew }
    },
  }
}
