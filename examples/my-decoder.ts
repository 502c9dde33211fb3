// A decoder of your own: npx dpb check examples/my-decoder.ts, then measure, baseline and gate.
import type { Decoder } from 'dims-per-bit'

const ROUNDS = 4

/** Cancels interference in parallel: what the answer explains is taken off the scores, the k best are taken anew. */
const decoder: Decoder = {
  name: 'parallel-cancellation',
  decode({ dictionary, code, k }) {
    let answer: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const explained = dictionary.superpose(answer)
      const scores = dictionary.correlate(code.map((entry, j) => entry - explained[j]!))
      for (const i of answer) scores[i]! += 1
      const order = [...scores.keys()].sort((a, b) => scores[b]! - scores[a]!)
      answer = order.slice(0, k)
    }
    return answer
  },
}
export default decoder
