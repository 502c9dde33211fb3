import { type Coupling, coupledLayout } from '../codes/coupling.js'
import { entropyBits, logChoose } from './entropy.js'

/** Below this a probability adds nothing to an entropy. */
const NOTHING = 1e-18

/**
 * d ≥ H/h for any decoder that recovers every k-subset, on average over dictionaries of this design, h the mean over
 * row blocks of the entropy of a coordinate: H(FY | F) ≤ Σ_j H(X_j). A coordinate is a sum of fair signs over the
 * members of the blocks that stand on its rows; blocks whose codewords have another size of entries count apart. A
 * real number.
 */
export function coupledCounting(coupling: Coupling, N: number, k: number): number {
  const { columns } = coupledLayout(coupling, N, coupling.rowBlocks)
  const known = new Map<number, number>()
  let total = 0
  for (let r = 0; r < coupling.rowBlocks; r++) {
    const groups = new Map<number, number>()
    for (const { size, fromBlock, toBlock } of columns) {
      if (r < fromBlock || r >= toBlock) continue
      groups.set(toBlock - fromBlock, (groups.get(toBlock - fromBlock) ?? 0) + size)
    }
    for (const size of groups.values()) {
      const bits = known.get(size) ?? signSumEntropy(N, k, size)
      known.set(size, bits)
      total += bits
    }
  }
  return (coupling.rowBlocks * entropyBits(N, k)) / total
}

const ways = (of: number, taken: number): number => (of === 0 ? 0 : logChoose(of, taken))

/** Entropy, in bits, of Σ ±1 over those of k of N members that are among `size` codewords. */
function signSumEntropy(N: number, k: number, size: number): number {
  const whole = logChoose(N, k)
  // At S = 2u − n: probabilities by n + S and n − S, both even.
  const chances = new Map<number, number>()
  for (let n = Math.max(0, k - (N - size)); n <= Math.min(k, size); n++) {
    const weight = Math.exp(ways(size, n) + ways(N - size, k - n) - whole)
    if (weight < NOTHING) continue
    for (let u = 0; u <= n; u++) {
      const chance = weight * Math.exp(ways(n, u) - n * Math.LN2)
      chances.set(2 * u - n, (chances.get(2 * u - n) ?? 0) + chance)
    }
  }
  let bits = 0
  for (const p of chances.values()) if (p > 0) bits -= p * Math.log2(p)
  return bits
}
