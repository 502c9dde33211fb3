import { evolution } from '../src/bounds/general/evolution.js'
import { modelProblem } from '../src/bounds/general/model-problem.js'
import { scalarChannel } from '../src/bounds/general/scalar-channel.js'
import { parseAmplitudes } from '../src/codes/model/amplitudes.js'
import { IDEAL } from '../src/codes/model/description.js'
import type { Claim } from '../src/ledger/claim.js'
import { inverseNormalTail } from '../src/statistics/normal.js'
import { mutualInformation } from './gaussian-channel.js'
import { readsOf, recalled, recallText } from './model-recall.js'

const constant = parseAmplitudes('constant')

/** I(B; B + σG) of a fair B, in bits. */
const single = (sigma: number): number => scalarChannel(constant, sigma, [0.5, 0.5]).activityBits(0.5)

/** I(B; Σ ±B_i + σG) of n fair B_i sent as signs on one coordinate, in bits. */
function together(n: number, sigma: number): number {
  const values = Array.from({ length: 2 ** n }, (_, bits) =>
    Array.from({ length: n }, (_, i) => ((bits >> i) & 1) * (i % 2 === 0 ? 1 : -1)).reduce(
      (a, b) => a + b,
      0,
    ),
  )
  return mutualInformation({ values, noise: sigma }) / Math.LN2
}

const shape = { N: 2 ** 14, k: 16, d: 256 }
const model = { ...IDEAL, noise: 0.15, amplitudes: 'half-normal', active: 'bernoulli' }
const TRIALS = 60

/** Told every other amplitude, nobody reads better than A + σG. */
export const genie: Claim = {
  id: 'genie',
  source: 'docs/general-model.md; Verdú 1998, Multiuser Detection',
  kind: 'theorem',
  statement:
    'No decoder reads a codeword better than from A_i + σG, whatever the dictionary of unit codewords.',
  expected: 'in part',
  account: {
    quantifiers: `
      Proved for independent A_i of any laws, any unit codewords, any decoder: no (false-positive rate, recall), pooled
      or not, lies above the ROC of A_i + σG, and R ≤ Σ I(B_i; B_i a_i + σG). Not for a uniform k-subset, where the
      others give B_i away; there it is a law from k = 16 on, without −T.`,
    proof: `
      Tell the decoder all other amplitudes: by independence they say nothing of A_i, and X less the others is A_i f_i
      + Z, of which ⟨f_i, ·⟩ = A_i + σG is a sufficient statistic. Knowing more cannot hurt, and by the Neyman–Pearson
      lemma the likelihood ratio has the best ROC. A pool of codewords with one channel has that channel's ROC, which
      is concave.

      A subset: N = 2, k = 1, orthonormal codewords, σ = ½. The score S_1 − S_2 is ±1 + σ√2·G, which tells more of B_1
      than S_1 does.`,
    computed: `
      Codes of one coordinate, n = 1 … 6 fair signs at once: I of all against n times I of one. The counterexample's
      R.`,
    sampled: `OMP under a model with independent codewords, N = 2^14, at its share of the budget.`,
  },
  check({ seed, alpha }) {
    const levels = [0.3, 0.5, 1, 2]
    const worst = Math.max(
      ...levels.flatMap((sigma) => [1, 2, 3, 4, 5, 6].map((n) => together(n, sigma) - n * single(sigma))),
    )
    // T of one of two is 1 bit: h(½)·2 − 1.
    const [read, told] = [2 * single(Math.SQRT2 / 4) - 1, 2 * single(0.5) - 1]
    const problem = modelProblem(model, shape.N, shape.k)
    const sigma = Math.sqrt(problem.noiseEnergy / shape.d)
    const omp = recalled(readsOf('orthogonal-matching-pursuit', model, shape, seed, TRIALS), shape, alpha)
    const channel = scalarChannel(problem.amplitudes, sigma, [shape.k / shape.N, shape.k / shape.N])
    const most = 1 - channel.missRate(sigma * inverseNormalTail(omp.falsePositives[1] / (shape.N - shape.k)))
    const balanced = evolution(problem).reader(sigma).mostLikely().recall
    const holds = worst < 1e-6 && omp.recall[0] <= most
    return {
      verdict: holds && read > told ? 'in part' : 'refuted',
      ...(holds &&
        read > told && {
          part: 'for independent codewords; of a uniform k-subset it is a law from k = 16 on',
        }),
      evidence:
        `I of up to 6 codewords on one coordinate is at most the sum of each alone; a subset, N = 2, k = 1, σ = ½, ` +
        `reads ${read.toFixed(2)} bits where the genie less T leaves ${told.toFixed(2)}; OMP at N = ` +
        '2^14, k ≈ 16, d = ' +
        `256, half-normal, η = 15 %: recall ${recallText(omp)}, genie ` +
        `${most.toFixed(3)} at as many false positives, ${balanced.toFixed(3)} at precision = recall`,
      data: { worst, read, told, omp, most, trials: TRIALS },
    }
  },
}
