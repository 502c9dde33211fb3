import fc from 'fast-check'
import { evenly } from '../src/arbitraries/evenly.js'
import { entropyBits } from '../src/bounds/entropy.js'
import { proposition3Dimension } from '../src/bounds/proposition-3.js'
import { topKFiniteDimension } from '../src/bounds/top-k-finite.js'
import { topK } from '../src/decoders/one-step/top-k.js'
import type { Claim } from '../src/ledger/claim.js'
import { forAll } from '../src/ledger/for-all.js'
import { described, testDecoder } from './simulate.js'

const p = 0.01
const size = 512
const sparsities = [64, 256]

/** As ln k/ln N → 1 the bitrate of one-step estimates tends to 0; while it stays below some ε < 1 the bitrate stays above some δ > 0. */
export const oneStepAsymptotics: Claim = {
  id: 'one-step-asymptotics',
  source: 'Section 3.5',
  kind: 'theorem',
  statement:
    'The bitrate of one-step estimates tends to 0 as ln k/ln N → 1, and stays above some δ > 0 while ln k/ln N < ε < 1.',
  expected: 'proved',
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
      ({ N, k, theta }) =>
        entropyBits(N, k) / topKFiniteDimension(N, k, 0.5) <= (1 - theta + 1 / Math.log(N)) / (2 * Math.LN2),
      { seed: `${seed}/unreadable`, runs: 25 },
    )
    const short = sparsities.map((k) => {
      const d = Math.floor(2 * k * Math.log(size - k))
      const test = testDecoder(topK(), { N: size, k, d }, seed, { bar: 0.5, alpha: alpha / 2, cap: 400 })
      return { k, d, test, bitrate: entropyBits(size, k) / d }
    })
    const asPromised = short.every(({ test }) => test.verdict === 'below')
    const found = short.map(
      ({ k, d, bitrate, test }) =>
        `k = ${k}, d = ${d} (${bitrate.toFixed(3)} bits per dimension): ${described(test)}`,
    )
    return {
      verdict: asPromised ? 'proved' : 'refuted',
      evidence: `Proposition 3 leaves δ = (1−ε)/(8 ln 2)·ln N/ln(N/p), held at ${readable} drawn (N, k) up to 1e304; a member’s crosstalk is symmetric, so below 2k ln(N−k) a false score passes it and the bitrate is at most (1−θ)/(2 ln 2) as N grows: so it is by the Gaussian law at ${unreadable} drawn (N, k), θ ≥ ½; decoded at 2k ln(N−k), N = ${size}, ${found.join('; ')}`,
    }
  },
}
