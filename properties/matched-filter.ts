import fc from 'fast-check'
import { add, multiply } from 'mathjs'
import { evenly } from '../src/arbitraries/evenly.js'
import type { Claim } from '../src/ledger/claim.js'
import { forAll } from '../src/ledger/for-all.js'
import { close, gaussianModels, inner, logLikelihoodRatio, matchedFilter } from './gaussian-model.js'

/**
 * In X = Sf + Z, Z ~ N(0, Σ), the posterior of S depends on X through λ(X) = ⟨f, X⟩_Σ/‖f‖²_Σ only, and λ is the linear filter of
 * largest signal-to-noise ratio, ρ = ‖f‖²_Σ.
 */
export const matchedFilterClaim: Claim = {
  id: 'matched-filter',
  source: 'Section 3.2, Appendix D',
  kind: 'theorem',
  statement:
    'In X = Sf + Z, Z ~ N(0, Σ), the matched filter λ(X) is sufficient for S and the linear filter of largest SNR, ‖f‖²_Σ.',
  expected: 'proved',
  async check({ seed }) {
    const scalar = evenly(-4, 4)
    const sufficient = await forAll(
      fc.tuple(gaussianModels, scalar, scalar),
      ([model, s, t]) => {
        const { lambda, rho } = matchedFilter(model)
        // Add a vector that the filter does not see: t times x less its reading.
        const unseen = add(model.x, multiply(model.f, -lambda)) as number[]
        const moved = { ...model, x: add(model.x, multiply(unseen, t)) as number[] }
        const ratio = logLikelihoodRatio(model, s)
        return (
          close(ratio, s * rho * lambda - (s * s * rho) / 2) && close(ratio, logLikelihoodRatio(moved, s))
        )
      },
      { seed: `${seed}/sufficient` },
    )
    const optimal = await forAll(
      gaussianModels,
      (model) => {
        const { rho } = matchedFilter(model)
        // x stands for any other filter w, as ⟨w, ·⟩_Σ: signal ⟨w, f⟩²_Σ over noise ‖w‖²_Σ.
        const noise = inner(model.x, model.x, model.sigma)
        return inner(model.x, model.f, model.sigma) ** 2 <= rho * noise * (1 + 1e-9) + 1e-12
      },
      { seed: `${seed}/optimal` },
    )
    return {
      verdict: 'proved',
      evidence: `the likelihood ratio is e^(sρλ − s²ρ/2), and Cauchy–Schwarz; fast-check against densities, ${sufficient} + ${optimal} models`,
    }
  },
}
