import { rademacherDictionary } from '../src/codes/rademacher.js'
import { Fit } from '../src/decoders/greedy/fit.js'
import { pursueOrthogonally } from '../src/decoders/greedy/omp.js'
import type { Claim } from '../src/ledger/claim.js'
import { inner } from '../src/numerics/inner.js'
import { stream } from '../src/random/stream.js'

const [N, d, codewords, share] = [2 ** 20, 512, 4, 0.8]
/** What “around” and “about” are taken to allow. */
const tolerance = 0.25
/** Steps of OMP: beyond “around 30”. */
const most = 38

/**
 * With an independent dictionary F′ (N = 2^20, d = 512) OMP needs around 30 steps to model about 80 % of the squared
 * norm of a codeword of F.
 */
export const responseForeignDictionary: Claim = {
  id: 'response-foreign-dictionary',
  source: 'Discussion, author response',
  kind: 'empirical',
  statement:
    'Over an independent dictionary (N = 2^20, d = 512) OMP needs around 30 steps to model about 80 % ' +
    'of the squared norm of a codeword.',
  expected: 'supported',
  besides: 'four codewords over one drawn dictionary, without an error rate',
  account: {
    quantifiers: `
      N = 2^20, d = 512, Rademacher dictionaries; “around” and “about” are taken as within a quarter.`,
    computed: 'Nothing beyond the decodes.',
    sampled: `
      Four codewords over one drawn dictionary, decoded in full: a demonstration without an error rate.`,
  },
  check({ seed }) {
    const dictionary = rademacherDictionary(N, d, stream(seed, 'foreign').key())
    const codes = rademacherDictionary(codewords, d, stream(seed, 'own').key())
    const targets = Array.from({ length: codewords }, (_, i) => codes.codeword(i))
    const taken = pursueOrthogonally(dictionary, targets, most, 'magnitude')
    const fits = targets.map((code) => new Fit(dictionary, code))
    /** modelled[t][c]: share of the squared norm of codeword c that t steps explain. */
    const modelled = [targets.map(() => 0)]
    for (let t = 0; t < most; t++) {
      const residuals = fits.map((fit, c) => {
        fit.add(taken[c][t])
        return fit.residual()
      })
      modelled.push(residuals.map((residual) => 1 - inner(residual, residual)))
    }
    const steps = targets.map((_, c) => modelled.findIndex((parts) => parts[c] >= share))
    const at30 = modelled[30]
    const around = steps.every((count) => Math.abs(count / 30 - 1) <= tolerance)
    const about = at30.every((part) => Math.abs(part / share - 1) <= tolerance)
    const percent = (part: number) => (100 * part).toFixed(1)
    return {
      verdict: around && about ? 'supported' : 'refuted',
      evidence:
        `within a quarter: ${steps.join(', ')} steps for 80 % of ${codewords} codewords over one foreign ` +
        `dictionary, and ${percent(Math.min(...at30))} to ${percent(Math.max(...at30))} % after 30`,
      data: { steps, modelled },
    }
  },
}
