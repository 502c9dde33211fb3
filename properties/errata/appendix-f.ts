import { countingSuccess } from '../../src/bounds/counting-bound.js'
import { topKUnion } from '../../src/bounds/top-k-union.js'
import { erratum } from '../../src/ledger/erratum.js'
import { totalSquare } from '../sign-moments.js'

const [N, p] = [2 ** 20, 0.05]
const sparsities = [2, 8, 28, 100]

/** Whether the crosstalk of a non-member, a sum of kd fair signs over d, has the variance stated: exact integers. */
function variance(stated: (k: number, d: number) => { over: number; under: number }) {
  const d = 12
  return sparsities.every((k) => {
    const { over, under } = stated(k, d)
    return totalSquare(k * d) * BigInt(under) === BigInt(over * d * d) << BigInt(k * d)
  })
}

/** Whether top-k decoding succeeds with probability ≥ 1 − p at the dimension stated: exact bounds from both sides. */
function suffices(dimension: (k: number) => number) {
  const d = sparsities.map((k) => Math.ceil(dimension(k)))
  const proved = sparsities.every((k, i) => topKUnion(N, k, d[i]) <= Math.log(p))
  const [k, at] = [28, d[sparsities.indexOf(28)]]
  const found = proved
    ? `failure at most ${Math.exp(topKUnion(N, k, at)).toExponential(1)}`
    : `no decoder succeeds more often than ${countingSuccess(N, k, at).toFixed(2)}`
  return { proved, because: `at N = 2^20, k = ${k}, p = ${p} that is d = ${at}, where ${found}` }
}

const says = (exact: boolean, { proved, because }: { proved: boolean; because: string }) => ({
  truth: exact && proved,
  because: `the variance is ${exact ? '' : 'not '}so, in exact integers; ${because}`,
})

/** Appendix F. */
export const appendixFSlip = erratum({
  id: 'slip-07-appendix-f',
  source: 'Appendix F',
  account: {
    quantifiers: `
      Every k, d for the variance; N = 2^20, p = 0.05 and k = 2, 8, 28, 100 for the dimension; the corrected dimension
      suffices for every N ≥ 2, 1 ≤ k ≤ N.`,
    proof: `
      Crosstalk on a non-member is a sum of kd independent signs over d: variance kd/d² = k/d. A member beats a
      non-member unless S_(k−1)B ≥ B, B ~ Bin(d, ½) (top-k-union); Chernoff given B and E e^(−B/(2(k − 1))) ≤
      e^(−d/4k) bound that by e^(−d/4k), and a union over k(N − k) < kN pairs gives p. At k = 28 the printed dimension
      lies below what any decoder needs.`,
    computed: `
      The second moment in exact integers; the exact union bound, and Fano's bound for the printed form.`,
    sampled: 'Nothing.',
  },
  printed: {
    text: 'crosstalk has variance 1/d, and d ≥ 4(ln(kN) + ln 1/p) suffices for top-k',
    holds: () =>
      says(
        variance((_, d) => ({ over: 1, under: d })),
        suffices((k) => 4 * (Math.log(k * N) - Math.log(p))),
      ),
  },
  corrected: {
    text: 'it has variance k/d, and d ≥ 4k(ln(kN) + ln 1/p) suffices',
    holds: () =>
      says(
        variance((k, d) => ({ over: k, under: d })),
        suffices((k) => 4 * k * (Math.log(k * N) - Math.log(p))),
      ),
  },
})
