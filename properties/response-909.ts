import { chernoffLogTail } from '../src/bounds/chernoff.js'
import { proposition2Dimension } from '../src/bounds/proposition-2.js'
import type { Claim } from '../src/ledger/claim.js'
import { logSignTail } from '../src/statistics/binomial-tail.js'

const [N, cosine] = [2 ** 20, 1 / 4]
/** Far enough that Chernoff's bound alone is below the least exact probability of interest. */
const far = 4000

/** The probability that |⟨f, f_i⟩| > ¼ for some of the N − 1 codewords other than f: they are independent given f. */
const chance = (d: number) =>
  -Math.expm1((N - 1) * Math.log1p(-2 * Math.exp(logSignTail(d, Math.floor(cosine * d) + 1))))

/**
 * At N = 2^20, d > 909: |cos| > ¼ with any codeword that is held fixed has probability < ½, and is very unlikely even
 * at d = 512.
 */
export const response909: Claim = {
  id: 'response-909',
  source: 'Discussion, author response',
  kind: 'theorem',
  statement:
    'At N = 2^20 and d > 909 some |cos| > 1/4 with a fixed codeword has probability < 1/2, and it is ' +
    'very unlikely even at d = 512.',
  expected: 'proved',
  account: {
    quantifiers: `
      N = 2^20, every integer d > 909, any codeword held fixed; the probability is over the other N − 1 codewords of a
      Rademacher dictionary. “Very unlikely” is taken as below 5 %.`,
    proof: `
      Given the fixed codeword the other inner products are independent sums of d signs, so the probability is 1 − (1
      − 2P(S_d > d/4))^(N − 1), exactly. For d > 4000 Chernoff's 2N e^(−d/32) < ½. 909 is Proposition 2's dimension
      for all pairs at ε = ¼, p = ½.`,
    computed: 'That probability at every d from 910 to 4000, and at 512.',
    sampled: 'Nothing.',
  },
  check() {
    let largest = 0
    for (let d = 910; d <= far; d++) largest = Math.max(largest, chance(d))
    const beyond = Math.exp(Math.log(2 * N) + chernoffLogTail(cosine * Math.sqrt(far)))
    let needed = far
    while (chance(needed - 1) < 0.5) needed--
    const narrow = chance(512)
    // What 909 is: Proposition 2 for every pair at once, with p = ½.
    const pairs = proposition2Dimension(N, 0.5, cosine)
    const holds = largest < 0.5 && beyond < 0.5 && narrow < 0.05
    return {
      verdict: holds && Math.floor(pairs) === 909 ? 'proved' : 'refuted',
      evidence:
        `exact tails at every d from 910 to ${far}: at most ${largest.toExponential(1)}, and Chernoff ` +
        `beyond; ${narrow.toFixed(4)} at d = 512; below ½ from d = ${needed} on; 909 is where ` +
        `Proposition 2 gives every pair at once even odds (${pairs.toFixed(1)})`,
      data: { largest, narrow, needed, pairs },
    }
  },
}
