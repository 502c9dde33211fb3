import { coordinateEntropy } from '../src/bounds/counting-bound.js'
import { bitsPerDimension } from '../src/bounds/general/capacity.js'
import { modelProblem } from '../src/bounds/general/model-problem.js'
import { IDEAL } from '../src/codes/model/description.js'
import type { Claim } from '../src/ledger/claim.js'
import { everySubset } from '../src/numerics/subsets.js'

/** The mean over every N × d dictionary of signs of the entropy of the code of a uniform k-subset, in bits. */
function meanCodeEntropy(N: number, k: number, d: number): number {
  const chosen = [...everySubset(N, k)]
  let total = 0
  for (let bits = 0; bits < 2 ** (N * d); bits++) {
    const counts = new Map<number, number>()
    for (const subset of chosen) {
      let code = 0
      for (let c = 0; c < d; c++) {
        code = code * (k + 1) + subset.reduce((sum, i) => sum + ((bits >> (i * d + c)) & 1), 0)
      }
      counts.set(code, (counts.get(code) ?? 0) + 1)
    }
    for (const count of counts.values()) total -= (count / chosen.length) * Math.log2(count / chosen.length)
  }
  return total / 2 ** (N * d)
}

/** No decoder reads more than d times what a coordinate tells. */
export const capacity: Claim = {
  id: 'capacity',
  source: 'docs/general-model.md; Proposition 1',
  kind: 'theorem',
  statement:
    'R, and what is told of amplitudes, is at most d·i, i = I(W; W + √d·σ·g) of one coordinate W = Σ ±a.',
  expected: 'proved',
  account: {
    quantifiers: `
      Every law of activity and amplitudes, independent fair signs, any decoder, on average over dictionaries; η = 0 and
      amplitudes 1 give the counting bound, and i ≤ ½ log2(1/η) always.`,
    proof: `
      R + Σ p_i I(a_i; U_i | B_i = 1) = Σ I(A_i; U_i) − T ≤ I(A; X | F), as in bits-read. I(A; X | F) = h(X | F) − h(Z),
      and h(X | F) ≤ Σ h(X_j) by independence bounds; each X_j is W + √d·σ·g over √d once F is averaged over. So the
      sum is at most d·i. Of all laws with its variance the Gaussian has the largest entropy, hence ½ log2(1/η).`,
    computed:
      'The entropy of the code over every dictionary of signs at three tiny sizes; i at a few models.',
    sampled: 'Nothing.',
  },
  check() {
    const sizes = [
      [3, 1, 2],
      [4, 2, 2],
      [5, 2, 3],
    ] as const
    const rows = sizes.map(([N, k, d]) => ({
      N,
      k,
      d,
      told: meanCodeEntropy(N, k, d),
      most: d * coordinateEntropy(k),
    }))
    const noisy = ['constant', 'half-normal', 'exponential'].flatMap((amplitudes) =>
      [0.05, 0.2].map((noise) => {
        const i = bitsPerDimension(modelProblem({ ...IDEAL, noise, amplitudes }, 4096, 16))
        return { amplitudes, noise, i, gaussian: -0.5 * Math.log2(noise) }
      }),
    )
    const holds =
      rows.every(({ told, most }) => told <= most) && noisy.every(({ i, gaussian }) => i <= gaussian)
    return {
      verdict: holds ? 'proved' : 'refuted',
      evidence: `bits told by codes, over every dictionary, of d·i: ${rows
        .map(
          ({ N, k, d, told, most }) =>
            `${told.toFixed(3)} of ${most.toFixed(3)} (N, k, d = ${N}, ${k}, ${d})`,
        )
        .join(', ')}; i of three amplitude laws at η = 5 and 20 % is below ½ log2(1/η)`,
      data: { rows, noisy },
    }
  },
}
