import { evolution } from '../src/bounds/general/evolution.js'
import { modelProblem } from '../src/bounds/general/model-problem.js'
import { noiseAt } from '../src/bounds/general/recall-laws.js'
import { IDEAL } from '../src/codes/model/description.js'
import type { Claim } from '../src/ledger/claim.js'
import { genieHits } from '../src/success/conditional/general/genie-reads.js'
import { rateInterval } from '../src/success/estimation/rate-interval.js'
import { readsOf, recalled, recallText } from './model-recall.js'

const model = { ...IDEAL, noise: 0.3, amplitudes: 'half-normal', active: 'bernoulli' }
const shape = { N: 2 ** 14, k: 16, d: 600 }
const TRIALS = 60

/** Codes of a subset over orthonormal codewords, of so many. */
const [GIVEN, SIZE] = [20_000, 1024]
/** Subsets, and points of recall that those of 16 and more give away at most. */
const [SUBSETS, MARGIN] = [[1, 4, 16, 64], 0.01]

/**
 * Recall of a k-subset over orthonormal codewords where the genie's law has 90 %: every score is A_i + σG, and the k
 * largest are named, which is the best of this channel. What is above 90 % the subset gives away.
 */
function subsetRecall(k: number, seed: string, alpha: number) {
  const given = { ...IDEAL, noise: 0.1 }
  const problem = modelProblem(given, SIZE, k)
  const d = problem.noiseEnergy / noiseAt(evolution(problem), 0.9) ** 2
  const recalls = Float64Array.from(
    { length: GIVEN },
    (_, t) => genieHits(given, { N: SIZE, k, d }, seed, t) / k,
  )
  const { point, interval } = rateInterval(recalls, 1 - alpha)
  return { k, value: point, interval }
}

const shares = (subsets: readonly ReturnType<typeof subsetRecall>[]): string =>
  subsets
    .map(({ value, interval }) => {
      const [at, low, high] = [value, ...interval].map((share) => (100 * share).toFixed(1))
      return `${at} [${low}, ${high}]`
    })
    .join(', ')

/** What one-step reading reaches at d, nobody reaches below ηd. */
export const ceiling: Claim = {
  id: 'ceiling',
  source: 'docs/general-model.md; Verdú 1986',
  kind: 'conjecture',
  statement:
    'What one-step reading reaches at d by the Gaussian law, on average over codewords, no decoder reaches below ηd.',
  expected: 'supported',
  account: {
    quantifiers: `
      Given the Gaussian channel S = A + τ₀G of one-step reading, independent codewords, equal η: recall at a precision,
      F1, AUC, bits and squared error. For a uniform k-subset a law from k = 16 on, to within a point of recall: that
      much, as measured, the others give a codeword away. Not for P(exact recovery), whose
      errors may clump, nor for a reader that falls short of its own law.`,
    proof: `
      σ² = kη/(d(1 − η)) = η·τ₀²: the genie's channel at ηd is that of one-step reading at d, and no decoder beats the
      genie. What is not proved is that one-step reading has that channel.`,
    computed: 'The recall of the genie at ηd and of one-step reading at d, by the law.',
    sampled: `
      OMP at ηd, and top-k at d, N = 2^14: the row is red where OMP's interval lies above the law, or top-k's misses it
      by more than 3 points. Subsets of 1, 4, 16 and 64 of 1,024 orthonormal codewords, where the genie's law has a
      recall of 90 %: red where 16 or more may have a point more, or where one does not have it.`,
  },
  check({ seed, alpha }) {
    const { N, k, d } = shape
    const problem = modelProblem(model, N, k)
    const { reader } = evolution(problem)
    const least = Math.floor(model.noise * d)
    const law = reader(Math.sqrt(problem.energy / d)).mostLikely().recall
    const told = reader(Math.sqrt(problem.noiseEnergy / least)).mostLikely().recall
    const run = (name: string, at: number, trials: number) => {
      const shape = { N, k, d: at }
      return recalled(readsOf(name, model, shape, seed, trials), shape, alpha / 4)
    }
    const subsets = SUBSETS.map((k) => subsetRecall(k, seed, alpha / 2 / SUBSETS.length))
    const margin = subsets.every(({ k, interval: [low, high] }) =>
      k < 16 ? k > 1 || low > 0.9 + MARGIN : high < 0.9 + MARGIN,
    )
    const [topK, omp] = [run('top-k', d, 8 * TRIALS), run('orthogonal-matching-pursuit', least, TRIALS)]
    const near = topK.recall[0] < law + 0.03 && topK.recall[1] > law - 0.03
    const holds = Math.abs(law - told) < 1e-6 && omp.recall[0] <= law && near && margin
    return {
      verdict: holds ? 'supported' : 'refuted',
      evidence:
        `half-normal, η = 30 %, N = 2^14, k ≈ 16: one-step law at d = ${d} ${law.toFixed(3)}, top-k there ` +
        `${recallText(topK)} (${8 * TRIALS} trials), OMP at ηd = ${least} ${recallText(omp)} (${TRIALS}); a subset ` +
        `of ${SUBSETS.join(', ')} of 1,024 orthonormal codewords, where the genie's law has 90 %: ${shares(subsets)} %`,
      data: { law, told, topK, omp, subsets },
    }
  },
}
