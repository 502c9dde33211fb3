import type { Claim } from '../src/ledger/claim.js'
import { power } from './paper-range.js'
import { evenOdds, evenText, iterativeRecord, k } from './records/iterative-decoders.js'
import { kept } from './records/record.js'

const N = 2 ** 12

/** ISTA does slightly better than MP; coordinate descent better than ISTA. */
export const responseIsta: Claim = {
  id: 'response-ista',
  source: 'Discussion, author response',
  kind: 'empirical',
  statement: 'ISTA does slightly better than matching pursuit, and coordinate descent better than ISTA.',
  expected: 'supported',
  check() {
    const { data, command } = kept(iterativeRecord)
    const [pursuit, ista, descent] = ['matching-pursuit', 'ista', 'bpdn-coordinate-descent'].map((decoder) =>
      evenOdds(data, decoder, N),
    )
    const ordered = ista.interval[1] < pursuit.interval[0] && descent.interval[1] < ista.interval[0]
    const slower = data.slow.filter(({ decoder }) => decoder === 'ista')
    const large = evenOdds(data, 'matching-pursuit', slower[0].N)
    const fewer = slower.every(({ d, interval }) => interval[1] < 0.5 && d > large.interval[1])
    const beyond = slower
      .map(
        ({ d, rate, interval: [low, high] }) =>
          `${rate.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}] at d = ${d}`,
      )
      .join(' and ')
    return {
      verdict: ordered ? 'supported' : 'refuted',
      evidence: `in part, as recorded at k = ${k}, each interval ${100 * data.confidence} %: at N = ${power(N)} even odds of MP at ${evenText(pursuit)}, of ISTA at ${evenText(ista)}, of coordinate descent at ${evenText(descent)}; ${fewer ? 'not at' : 'undecided at'} N = ${power(slower[0].N)}, where ISTA, stopped after its iterations, has rates of ${beyond} and MP even odds at ${evenText(large)}`,
      data: { pursuit, ista, descent, command },
    }
  },
}
