import { darkMatter } from '../src/experiments/dark-matter.js'
import type { Claim } from '../src/ledger/claim.js'
import { percent } from './paper-range.js'
import { darkMatterRecord } from './records/dark-matter.js'
import { stored } from './records/stored-measurement.js'

const [N, k, batch, steps] = [64, 4, 64, 1200]

/**
 * When a code's bitrate exceeds what a top-k encoder can read, a sparse autoencoder trained on such codes fails to
 * learn part of the atoms, and iterative decoding over its dictionary does not recover them.
 */
export const responseDarkMatter: Claim = {
  id: 'response-dark-matter',
  source: 'Discussion',
  kind: 'empirical',
  statement:
    'Above the bitrate that a top-k encoder can read, a sparse autoencoder does not learn part of the ' +
    'atoms, nor does iterative decoding over it recover them.',
  expected: 'in part',
  besides: 'trained networks, without an error rate',
  account: {
    quantifiers: `
      Small autoencoders, N = 64, k = 4 (and the recorded sizes), trained for a fixed number of steps from fixed
      seeds.`,
    computed: 'Nothing beyond the training runs.',
    sampled: `
      Two networks trained in each run, and recorded ones: demonstrations without an error rate. Four times the
      training lifts the learned share, so the sentence is shown for a training budget, and not as a limit.`,
  },
  check({ seed }) {
    const [dense, sparse] = [16, 56].map((d) => darkMatter({ N, k, d, batch, steps }, seed))
    const { data, command } = stored(darkMatterRecord)
    const dark = dense.learned < 0.5 && dense.ompLearned < dense.ompTrue - 0.25
    const read = sparse.learned > dense.learned + 0.3
    const brief = data.filter((run) => run.steps === data[0].steps && run.seed === data[0].seed)
    const long = data.find((run) => run.steps > data[0].steps)!
    const same = brief.find((run) => run.d === long.d)!
    const runs = brief.map(
      ({ dimsPerBit, topKReads, learned, ompLearned, ompTrue }) =>
        `${dimsPerBit.toFixed(2)} dims per bit ${[topKReads, learned, ompLearned, ompTrue].map(percent).join('/')}`,
    )
    return {
      verdict: dark && read ? 'in part' : 'refuted',
      part: 'for a fixed training budget; more training learns more of the atoms',
      evidence:
        `small autoencoders, N = ${N}, k = ${k}: at ${dense.dimsPerBit.toFixed(2)} dims per bit ` +
        `${percent(dense.learned)} of the atoms are learned and OMP over them finds ` +
        `${percent(dense.ompLearned)} of the members, over the true ones ${percent(dense.ompTrue)}; at ` +
        `${sparse.dimsPerBit.toFixed(2)} dims per bit ${percent(sparse.learned)}, ` +
        `${percent(sparse.ompLearned)} and ${percent(sparse.ompTrue)}; recorded, codes read by ` +
        `top-k/atoms learned/members by OMP over learned/true atoms: ${runs.join('; ')}; in part ` +
        `slowness: ${long.steps / same.steps} times the training lifts ${long.dimsPerBit.toFixed(2)} ` +
        `dims per bit from ${percent(same.learned)} of the atoms to ${percent(long.learned)}`,
      data: { runs: [dense, sparse], command },
    }
  },
}
