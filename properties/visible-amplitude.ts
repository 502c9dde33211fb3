import { evolution } from '../src/bounds/general/evolution.js'
import { modelProblem } from '../src/bounds/general/model-problem.js'
import { IDEAL } from '../src/codes/model/description.js'
import type { Claim } from '../src/ledger/claim.js'
import { rateInterval } from '../src/success/estimation/rate-interval.js'
import { readsOf, recalled, recallText } from './model-recall.js'

const model = { ...IDEAL, noise: 0.1, amplitudes: 'half-normal' }
const shape = { N: 2 ** 14, k: 16, d: 256 }
const TRIALS = 120

/** Only large amplitudes are read, and what is not is lost to crosstalk. */
export const visibleAmplitude: Claim = {
  id: 'visible-amplitude',
  source: 'Authors’ response; docs/general-model.md',
  kind: 'conjecture',
  statement:
    'Only a limited selection of large-magnitude properties is recovered; the rest are impossible to read due to ' +
    'crosstalk.',
  expected: 'in part',
  account: {
    quantifiers: `
      Of one-step readers over random signs: an amplitude a* ≈ τ√(2 ln(N/k)) is read half of the time, and well below it
      nothing is. “Impossible … due to crosstalk” is false of decoders that subtract what they have read, which see down
      to the a* of a smaller τ; what is below the genie's is lost to noise.`,
    computed:
      'a* of one-step reading, AMP and the genie by the laws, N = 131072, k = 64, d = 768, half-normal, η = 10 %.',
    sampled: `
      Top-k and OMP on the same codes, N = 2^14, k = 16, d = 256: that OMP reads more, and no more than the genie's law
      and 8 points (a subset gives a little away).`,
  },
  check({ seed, alpha }) {
    const wide = modelProblem(model, 131072, 64)
    const curve = evolution(wide)
    const visible = [Math.sqrt(wide.energy / 768), curve.amp(768), Math.sqrt(wide.noiseEnergy / 768)].map(
      (tau) => curve.reader(tau).mostLikely(),
    )
    const small = modelProblem(model, shape.N, shape.k)
    const told = evolution(small)
      .reader(Math.sqrt(small.noiseEnergy / shape.d))
      .mostLikely().recall
    const [topK, omp] = ['top-k', 'orthogonal-matching-pursuit'].map((name) =>
      readsOf(name, model, shape, seed, TRIALS),
    )
    const lead = topK.map(({ hits }, t) => (1 + (omp[t].hits - hits) / shape.k) / 2)
    const ahead = 2 * rateInterval(lead, 1 - alpha / 2).interval[0] - 1
    const read = [topK, omp].map((reads) => recalled(reads, shape, alpha / 4))
    const more = ahead > 0 && read[1].recall[0] <= told + 0.08
    const stars = visible.map(({ bar, recall }) => `${bar.toFixed(2)} (recall ${recall.toFixed(2)})`)
    return {
      verdict: more ? 'in part' : 'inconclusive',
      ...(more && {
        part: 'for one-step reading; decoders that subtract what they read see smaller ones, down to the noise',
      }),
      evidence:
        `half-normal amplitudes, η = 10 %, N = 131072, k = 64, d = 768: visible from a* = ${stars[0]} in one step, ` +
        `${stars[1]} by AMP, ${stars[2]} by the genie; on the same codes at N = 2^14 top-k reads ` +
        `${recallText(read[0])}, ` +
        `OMP ${recallText(read[1])}, at least ${ahead.toFixed(2)} more (${TRIALS} trials)`,
      data: { read, ahead, told },
    }
  },
}
