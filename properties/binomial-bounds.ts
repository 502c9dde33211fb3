import fc from 'fast-check'
import { binaryEntropyForm } from '../src/bounds/binomial-bounds.js'
import { logChoose } from '../src/bounds/entropy.js'
import type { Claim } from '../src/ledger/claim.js'
import { forAll } from '../src/ledger/for-all.js'

/** e from below, as a fraction: 2.718281828459045/1. */
const E_LOW = { over: 2718281828459045n, under: 1000000000000000n }

/** C(N, k) counted exactly. */
function choose(N: number, k: number): bigint {
  let count = 1n
  for (let i = 0; i < k; i++) count = (count * BigInt(N - i)) / BigInt(i + 1)
  return count
}

/** (N/k)^k ≤ C(N, k) ≤ (eN/k)^k, multiplied out: no rounding anywhere. */
function between(N: number, k: number): boolean {
  const scaled = choose(N, k) * BigInt(k) ** BigInt(k)
  const power = BigInt(N) ** BigInt(k)
  return power <= scaled && scaled * E_LOW.under ** BigInt(k) <= power * E_LOW.over ** BigInt(k)
}

/** 0 ≤ N·h(k/N) − ln C(N, k) ≤ ln(N + 1) (the method of types), up to rounding. */
function nearEntropy(N: number, k: number): boolean {
  const gap = binaryEntropyForm(N, k) - logChoose(N, k)
  const rounding = 1e-13 * (1 + logChoose(N, k))
  return gap >= -rounding && gap <= Math.log(N + 1) + rounding
}

/** (N/k)^k ≤ C(N, k) ≤ (eN/k)^k, and ln C(N, k) = h(k/N)·N + O(ln N). */
export const binomialBounds: Claim = {
  id: 'binomial-bounds',
  source: 'Appendix B',
  kind: 'deterministic theorem',
  statement: '(N/k)^k ≤ C(N,k) ≤ (eN/k)^k, and ln C(N,k) = h(k/N)·N + O(ln N).',
  expected: 'proved',
  account: {
    quantifiers: `
      All integers 1 ≤ k ≤ N; O(ln N) is with an absolute constant: 0 ≤ N·h(k/N) − ln C(N,k) ≤ ln(N + 1), h in nats.`,
    proof: `
      C(N,k) = Π_{i<k} (N − i)/(k − i), and each factor is at least N/k, as (N − i)k ≥ N(k − i). Above: C(N,k) ≤
      N^k/k!, and k^k/k! is a term of e^k. Last: with q = k/N, the binomial law gives C(N,j) q^j (1 − q)^(N−j), which
      sums to 1 over j = 0 … N and is largest at j = k, where it is C(N,k) e^(−N h(q)). So 1/(N + 1) ≤ C(N,k) e^(−N
      h(q)) ≤ 1.`,
    computed: `
      The first two inequalities multiplied out in exact integers, at all N ≤ 60 and at each drawn size; the gap to
      N·h(k/N) in doubles, to 1e-13.`,
    sampled: '1,000 drawn (N, k) up to N = 2^40, k = 120.',
  },
  async check({ seed }) {
    for (let N = 1; N <= 60; N++) {
      for (let k = 1; k <= N; k++) {
        if (!between(N, k) || !nearEntropy(N, k))
          return { verdict: 'refuted', evidence: `fails at N = ${N}, k = ${k}` }
      }
    }
    const sizes = fc
      .integer({ min: 1, max: 2 ** 40 })
      .chain((N) => fc.tuple(fc.constant(N), fc.integer({ min: 1, max: Math.min(N, 120) })))
    const instances = await forAll(sizes, ([N, k]) => between(N, k) && nearEntropy(N, k), { seed })
    return {
      verdict: 'proved',
      evidence:
        `k^k ≤ k!·e^k; exact integers, all N ≤ 60 and ${instances} drawn up to 2^40; gap to h(k/N)·N ` +
        'within ln(N+1)',
    }
  },
}
