import fc from 'fast-check'
import { evenly } from '../src/arbitraries/evenly.js'
import { entropyBits } from '../src/bounds/entropy.js'
import { entropyApproximation } from '../src/bounds/entropy-approximation.js'
import { proposition3Dimension } from '../src/bounds/proposition-3.js'
import { topKFiniteDimension } from '../src/bounds/top-k-finite.js'
import { topK } from '../src/decoders/one-step/top-k.js'
import type { Claim } from '../src/ledger/claim.js'
import { forAll } from '../src/ledger/for-all.js'
import { described, testDecoder } from './simulate.js'

const p = 0.01
const size = 512
const sparsities = [64, 256, 480]

/**
 * The dimension below which success tends to 0 as N grows: by the non-members' side for k ≤ N/2, by the members'
 * beyond.
 */
const neededDimension = (N: number, k: number): number => 2 * k * Math.log(2 * k <= N ? N - k : k)

/** What that leaves of the bitrate, in the limit. */
const mostBitrate = (N: number, k: number): number =>
  (2 * k <= N ? entropyApproximation(N, k) / Math.LN2 : N) / neededDimension(N, k)

/**
 * As ln k/ln N → 1 the bitrate of one-step estimates tends to 0; while it stays below some ε < 1 the bitrate stays
 * above some δ > 0.
 */
export const oneStepAsymptotics: Claim = {
  id: 'one-step-asymptotics',
  source: 'Section 3.5',
  kind: 'theorem',
  statement:
    'The bitrate of one-step estimates tends to 0 as ln k/ln N → 1, and stays above some δ > 0 while ' +
    'ln k/ln N < ε < 1.',
  expected: 'proved',
  account: {
    quantifiers: `
      N → ∞ with θ = ln k/ln N → 1, k < N, for the first half: for every d = d(N) at which threshold or top-k decoding
      of a fixed subset over a Rademacher dictionary keeps a success probability ≥ ½ (or any constant), H/d → 0. For
      the second: for every ε < 1 there are δ > 0 and d(N, k) with H/d ≥ δ and success ≥ 1 − p, for all N ≥ 2 and 1 ≤
      k ≤ N^ε.`,
    proof: `
      Second half: d = ⌈8k ln(N/p)⌉ suffices (Proposition 3), and H ≥ k log2(N/k) ≥ (1 − ε)k log2 N, so H/d ≥ (1 − ε)
      ln N/(8 ln 2 · ln(N/p) + 1), bounded away from 0.

      First half, for top-k, which succeeds wherever the threshold does. Work with D = d·score, given X. The members'
      D sum to ‖X‖², so the least is at most ‖X‖²/k; a non-member's is a sum ⟨ε, X⟩ of independent signs; and ‖X‖² =
      kd(1 + o(1)), max|X_j| ≤ √(3k ln(kd)) with probability → 1.

      (a) k ≤ N/2. By Kolmogorov's lower bound (Stout 1974, Theorem 5.2.2; Ledoux & Talagrand 1991, Lemma 8.1) P(⟨ε,
      X⟩ > ‖X‖²/k) ≥ e^(−(1 + o(1))d/2k) while max|X_j|/k → 0 (for bounded d/k it is bounded below, and for d ≤ ½ log2
      N at least 2^(−d), as ‖X‖₁ > ‖X‖²/k). Let η > 0: for d ≤ (1 − η)·2k ln(N − k) the N − k independent non-members
      stay below the least member with probability at most (1 − (N − k)^(−1 + η/2))^(N − k) → 0. So success needs d >
      (1 − η)·2k ln(N − k), and H/d ≤ log2(eN/k)/(2(1 − η) ln(N − k)) → 0, as ln(N/k)/ln N → 0.

      (b) k > N/2. Given X the signs s_ij of members in coordinate j are a random arrangement of fixed ones, hence
      negatively associated (Joag-Dev & Proschan 1983, Theorem 2.11), and so are the D_i = Σ_j s_ij X_j over i. So
      P(every member's D > c) ≤ P(D_1 > c | X)^k for every c. D_1 has mean ‖X‖²/k ≈ d and variance ≈ kd, so as in (a),
      at c = −C√(kd), P(D_1 ≤ c) ≥ e^(−(1 + o(1))(√(d/k) + C)²/2) for every constant C (and ≥ 0.4^d for d ≤ ½ log2 N
      and c = −‖X‖₁). For d ≤ (1 − η)·2k ln k some member then has D ≤ −C√(kd) with probability → 1, and a given
      non-member has more with probability ≥ 1 − 2e^(−C²/2). C is arbitrary, so success needs d > (1 − η)·2k ln k,
      while H ≤ N ≤ 2k: H/d ≤ 1/((1 − η) ln k) → 0.`,
    computed: `
      The second half's inequality at each drawn size; the first half's two bounds at each drawn size, k up to N − 1,
      against the Gaussian law of top-k.`,
    sampled: `
      1,000 drawn (N, k) up to 1e304 and 40 up to e^140. Sequential tests of whole decodes at N = 512, k = 64, 256 and
      480.`,
  },
  async check({ seed, alpha }) {
    const sizes = (least: number, most: number) =>
      fc
        .record({
          logN: evenly(Math.log(1000), most),
          share: evenly(least, 0.995),
        })
        .map(({ logN, share }) => {
          const [N, k] = [Math.round(Math.exp(logN)), Math.round(Math.exp(share * logN))]
          return { N, k, theta: Math.log(k) / Math.log(N) }
        })
    // Threshold decoding reads at d = 8k ln(N/p), and H ≥ k log2(N/k).
    const readable = await forAll(
      sizes(0, 700),
      ({ N, k, theta }) => {
        const delta = ((1 - theta) / (8 * Math.LN2)) * (Math.log(N) / Math.log(N / p))
        return entropyBits(N, k) / proposition3Dimension(N, k, p) >= delta * (1 - 1e-12)
      },
      { seed: `${seed}/readable` },
    )
    const unreadable = await forAll(
      sizes(0.5, 140),
      ({ N, k }) => entropyBits(N, k) / topKFiniteDimension(N, k, 0.5) <= mostBitrate(N, k),
      { seed: `${seed}/unreadable`, runs: 25 },
    )
    const dense = await forAll(
      fc.record({ logN: evenly(Math.log(1000), 30), outside: evenly(0, 0.9) }).map(({ logN, outside }) => {
        const N = Math.round(Math.exp(logN))
        return { N, k: N - Math.min(Math.floor(N / 2), Math.round(Math.exp(outside * logN))) }
      }),
      ({ N, k }) => entropyBits(N, k) / topKFiniteDimension(N, k, 0.5) <= mostBitrate(N, k),
      { seed: `${seed}/dense`, runs: 15 },
    )
    const short = sparsities.map((k) => {
      const d = Math.floor(neededDimension(size, k))
      const options = { bar: 0.5, alpha: alpha / sparsities.length, cap: 400 }
      const test = testDecoder(topK(), { N: size, k, d }, seed, options)
      return { k, d, test, bitrate: entropyBits(size, k) / d }
    })
    const asPromised = short.every(({ test }) => test.verdict === 'below')
    const found = short.map(
      ({ k, d, bitrate, test }) =>
        `k = ${k}, d = ${d} (${bitrate.toFixed(3)} bits per dimension): ${described(test)}`,
    )
    return {
      verdict: asPromised ? 'proved' : 'refuted',
      evidence:
        `Proposition 3 leaves δ = (1−ε)/(8 ln 2)·ln N/ln(N/p), held at ${readable} drawn (N, k) up to ` +
        '1e304; below (1 − η)·2k ln(N−k) for k ≤ N/2, and 2k ln k beyond, success tends to 0 (proof in ' +
        'docs/ledger.md), so the bitrate is at most log2(eN/k)/(2 ln(N−k)), and N/(2k ln k), in the ' +
        `limit: below them the Gaussian law is at ${unreadable} drawn (N, k) with θ ≥ ½ and at ${dense} ` +
        `with k ≥ N/2; decoded there, N = ${size}, ${found.join('; ')}`,
    }
  },
}
