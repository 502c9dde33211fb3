import { entropyBits } from '../src/bounds/entropy.js'
import { topKFiniteDimension } from '../src/bounds/top-k-finite.js'
import { topKUnion } from '../src/bounds/top-k-union.js'
import type { Claim } from '../src/ledger/claim.js'
import { firstInteger } from '../src/numerics/bisect.js'
import { sizeText } from '../src/results/number-text.js'
import { runs, sizes } from './paper-range.js'
import { floor, oneStepRecord } from './records/one-step.js'
import { stored } from './records/stored-measurement.js'
import { testConditional } from './simulate.js'

const largest = 2 ** 20

/** One-step estimates need at least 2.7 dims per bit. */
export const oneStep27: Claim = {
  id: 'one-step-2.7',
  source: 'Abstract',
  kind: 'empirical',
  statement: 'One-step estimates need at least 2.7 dimensions per bit.',
  expected: 'refuted',
  besides: 'recorded tests, each at error 10⁻³',
  account: {
    quantifiers: `
      The sentence is of every N and k and names no success probability. It is refuted as a sentence about even odds,
      about 99 % and about 99.9 %, each at the (N, k) that the row names, Rademacher dictionaries, ties as failures.`,
    proof: `
      A counterexample suffices. top-k-union bounds the failure of top-k decoding at N = 2^20, k = 3 and 2.5 dims per
      bit by less than 1 % (and at k = 2 and 2.5 dims per bit by less than 0.1 %), with exact binomial tails. For
      top-k at k = 3 and 99.9 % the bound needs more than 2.7: there the sentence stands.`,
    computed: 'The exact union bound at k = 1, 2, 3; the dimension at 99.9 %.',
    sampled: `
      Recorded sequential tests against even odds at 2.7 dims per bit, every k ≤ 100 and four N, each at error 10⁻³; k
      = 12 and 48 again in each run.`,
  },
  check({ seed, alpha }) {
    // Top-k succeeds this often with fewer dimensions, whatever is drawn.
    const d = Math.floor(2.5 * entropyBits(largest, 3))
    const proved = 1 - Math.exp(topKUnion(largest, 3, d))
    const perBit = d / entropyBits(largest, 3)
    const surer = Math.exp(topKUnion(largest, 2, Math.floor(2.5 * entropyBits(largest, 2))))
    const beyond = [
      firstInteger(0, 1000, (d) => topKUnion(largest, 3, Math.max(1, d)) <= Math.log(0.001)),
      topKFiniteDimension(largest, 3, 0.001),
    ].map((d) => d / entropyBits(largest, 3))
    const { data, command } = stored(oneStepRecord)
    const found = sizes.map((N) => {
      const at = data.cells.filter((cell) => cell.N === N)
      const on = (verdict: string) => runs(at.filter(({ topKAtFloor }) => topKAtFloor.verdict === verdict))
      return `${sizeText(N)} above for k = ${on('above')} and below for ${on('below')}`
    })
    const threshold = data.cells.filter(({ thresholdAtFloor }) => thresholdAtFloor.verdict === 'below').length
    const at = (k: number) =>
      testConditional('top-k', { N: largest, k, d: Math.floor(floor * entropyBits(largest, k)) }, seed, {
        bar: 0.5,
        alpha: alpha / 2,
        cap: 400,
      })
    const [few, many] = [at(12), at(48)]
    const asRecorded = few.verdict === 'above' && many.verdict === 'below'
    const refuted = proved > 0.99 && surer < 0.001 && perBit < floor
    return {
      verdict: refuted && asRecorded ? 'refuted' : refuted ? 'inconclusive' : 'supported',
      evidence:
        `top-k at N = 2^20, k = 3 succeeds at ${perBit.toFixed(2)} dims per bit with probability ≥ ` +
        `${proved.toFixed(3)} (exact union bound), so the sentence is false of 99 %; of 99.9 % it is ` +
        `false at k = 2 (failure at most ${surer.toExponential(1)} at 2.5), while at k = 3 that bound ` +
        `asks for ${beyond[0].toFixed(2)} and the Gaussian law for ${beyond[1].toFixed(1)}; against even ` +
        `odds at ${floor} top-k is at N = ${found.join(', ')} (recorded at every k ≤ 100, each at error ` +
        `${data.alpha}; k = 12 and 48 at 2^20 tested again now), threshold decoding below in ` +
        `${threshold} of ${data.cells.length}`,
      data: { d, proved, threshold, command },
    }
  },
}
