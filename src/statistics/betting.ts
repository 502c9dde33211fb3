/**
 * Shares of the capital at stake in one round, 1/(1 + 2^j) for j = −4 … 10: the best one for any mean and
 * variance lies within a factor √2 of one of them unless it is below a thousandth.
 */
const stakes = Float64Array.from({ length: 15 }, (_, i) => 1 / (1 + 2 ** (i - 4)))

/** The capital of a gambler who bets that a mean lies above a bar. */
export interface Capital {
  /** Plays one round: a value in [0, 1]. */
  add(value: number): void
  /** ln of the capital; 0 at the start. */
  log(): number
}

/**
 * Capital Σ_g ∏_i (1 + c_g (x_i/m − 1)) / 15 of constant bets against the bar m ∈ (0, 1). A non-negative
 * supermartingale if every value has conditional mean ≤ m, so it ever reaches 1/α with probability at most α;
 * and it falls as m grows. Waudby-Smith & Ramdas 2024, "Estimating means of bounded random variables by
 * betting", the diversified Kelly bets.
 */
export function capitalAbove(bar: number): Capital {
  const logs = new Float64Array(stakes.length)
  return {
    add(value) {
      const gain = value / bar - 1
      for (let g = 0; g < stakes.length; g++) logs[g] += Math.log1p(stakes[g] * gain)
    },
    log() {
      const best = Math.max(...logs)
      let sum = 0
      for (const log of logs) sum += Math.exp(log - best)
      return best + Math.log(sum / stakes.length)
    },
  }
}

/** The same for bets that the mean lies below the bar; the capital grows with the bar. */
export function capitalBelow(bar: number): Capital {
  const mirrored = capitalAbove(1 - bar)
  return { add: (value) => mirrored.add(1 - value), log: mirrored.log }
}
