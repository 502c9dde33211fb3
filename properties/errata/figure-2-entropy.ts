import { log2 } from 'mathjs'
import { entropyBits } from '../../src/bounds/entropy.js'
import { erratum } from '../../src/ledger/erratum.js'

const N = 2 ** 20
const sparsities = [1, 2, 5, 10, 28, 50, 100]

/** Whether a formula gives the logarithm of the number of k-subsets, counted with big integers. */
function counts(H: (k: number) => number) {
  const errors = sparsities.map((k) => Math.abs(H(k) / exactBits(k) - 1))
  const worst = Math.max(...errors)
  const k = sparsities[errors.indexOf(worst)]
  return {
    truth: worst < 1e-12,
    because: `largest relative error ${worst.toExponential(1)}, at k = ${k}, against exact counts`,
  }
}

/** log2 of C(N, k) as an exact integer. */
function exactBits(k: number): number {
  let count = 1n
  for (let i = 0; i < k; i++) count = (count * BigInt(N - i)) / BigInt(i + 1)
  const shift = Math.max(0, count.toString(2).length - 60)
  return log2(Number(count >> BigInt(shift))) + shift
}

/** Figure 2's caption. */
export const figure2EntropySlip = erratum({
  id: 'slip-03-figure-2-entropy',
  source: 'Figure 2, caption',
  account: {
    quantifiers: 'N = 2^20 and seven k from 1 to 100.',
    proof: `
      A uniform choice among C(N,k) subsets has entropy log2 C(N,k); at k = 1 the two forms agree, at k = 2 they do
      not.`,
    computed: 'Both forms against exact integer counts.',
    sampled: 'Nothing.',
  },
  printed: { text: 'H(k) = log2(N/k)', holds: () => counts((k) => Math.log2(N / k)) },
  corrected: { text: 'H(k) = log2 C(N, k)', holds: () => counts((k) => entropyBits(N, k)) },
})
