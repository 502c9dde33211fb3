import fc from 'fast-check'
import { evenly } from '../src/arbitraries/evenly.js'
import { logPosteriorOdds } from '../src/bounds/map-boundary.js'
import type { Claim } from '../src/ledger/claim.js'
import { forAll } from '../src/ledger/for-all.js'
import { close, gaussianModels, logLikelihoodRatio, matchedFilter } from './gaussian-model.js'

/** For S ∈ {0, 1}: log posterior odds = ρ(λ(x) − ½) + log prior odds. */
export const logOdds: Claim = {
  id: 'log-odds',
  source: 'Equation 2',
  kind: 'theorem',
  statement: 'For S ∈ {0, 1} the log posterior odds are ρ(λ(x) − ½) + the log prior odds.',
  expected: 'proved',
  account: {
    quantifiers: 'The model of matched-filter with S ∈ {0, 1} and prior odds in (0, ∞); every x.',
    proof: `
      Bayes: posterior odds = prior odds × likelihood ratio, and the likelihood ratio at s = 1 is exp(ρλ(x) − ρ/2) by
      the proof of matched-filter. Take logarithms.`,
    computed: 'Both sides from the densities, to 1e-9.',
    sampled: '1,000 drawn models with drawn priors.',
  },
  async check({ seed }) {
    const priors = evenly(1e-6, 1 - 1e-6)
    const instances = await forAll(
      fc.tuple(gaussianModels, priors),
      ([model, prior]) => {
        const { lambda, rho } = matchedFilter(model)
        const logPrior = Math.log(prior / (1 - prior))
        return close(logPosteriorOdds(lambda, rho, logPrior), logLikelihoodRatio(model, 1) + logPrior)
      },
      { seed },
    )
    return {
      verdict: 'proved',
      evidence: `Bayes’ rule; fast-check against Gaussian densities, ${instances} models`,
    }
  },
}
