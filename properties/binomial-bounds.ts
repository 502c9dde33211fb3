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
      evidence: `k^k ≤ k!·e^k; exact integers, all N ≤ 60 and ${instances} drawn up to 2^40; gap to h(k/N)·N within ln(N+1)`,
    }
  },
}
