import { logOddsAgainst } from './map-boundary.js'
import { checkPositive } from './parameters.js'
import { memberError } from './state-evolution.js'

/**
 * State evolution of VAMP with the Bernoulli posterior mean, undamped, one step: the variance v of the message r₂ to
 * the next (Rangan, Schniter & Fletcher 2019), for codewords of unequal leverage. On r₁ the noise of codeword i has
 * variance τ_i = v(1 − h_i)/h_i; the posterior mean leaves e_i of it, (k/N)·M(1/τ_i) with M of `memberError`, and has
 * mean slope a = mean e_i/τ_i; so that v′ = (mean e_i·(1 − 2a) + a²·mean τ_i)/(1 − a)². With equal leverages m/N that
 * is 1/v′ = 1/e − 1/τ.
 *
 * A law for random singular vectors and large N; on one dictionary it may fail from the second step on.
 * @param leverages h_i = ⟨f_i, (FFᵀ)⁻¹f_i⟩ of every codeword, each in (0, 1)
 * @param v positive; (k/N)(1 − k/N) at the start
 */
export function vampStep(N: number, k: number, leverages: ArrayLike<number>, v: number): number {
  checkPositive(v, 'v')
  const L = logOddsAgainst(N, k)
  let [errors, slope, noises] = [0, 0, 0]
  for (let i = 0; i < leverages.length; i++) {
    const noise = (v * (1 - leverages[i])) / leverages[i]
    const error = (k / N) * memberError(1 / noise, L)
    errors += error / leverages.length
    slope += error / noise / leverages.length
    noises += noise / leverages.length
  }
  return (errors * (1 - 2 * slope) + slope * slope * noises) / (1 - slope) ** 2
}
