// The first layer of Stockfish as a dictionary like any other, uniform k-subsets of its rows:
// node examples/stockfish/first-layer.mjs [--out reports]
import { parseArgs } from 'node:util'
import { audit, builtInDecoders, capacity, prepared, rademacherDictionary } from 'dims-per-bit'
import { capacityFigure } from 'dims-per-bit/figures'
import seedrandom from 'seedrandom'
import { capacityTable, kept, writeResults } from '../write.mjs'
import { inFloat32, liveRows } from './boards.mjs'
import { findEngine, MISSING } from './engine.mjs'
import { DIMENSION as d, readNetwork } from './network.mjs'

const { values } = parseArgs({
  options: { engine: { type: 'string' }, out: { type: 'string' }, seed: { type: 'string', default: '1' } },
})
const path = findEngine(values.engine)
if (path === undefined) {
  console.log(MISSING)
  process.exit()
}
const N = 4096
const confidence = 0.999
const { seed } = values
const command = `node examples/stockfish/first-layer.mjs --out reports --seed ${seed}`
const DECODERS = ['top-k', 'matching-pursuit', 'orthogonal-matching-pursuit']
const PREPARE = ['unit', 'whitened', 'rademacher']
const TRIALS = 60

const network = await readNetwork(path)
const all = liveRows(network).dictionary
const random = seedrandom(seed)
const order = Array.from({ length: all.size }, (_, i) => [random(), i]).sort(([a], [b]) => a - b)
const dictionary = all.take(order.slice(0, N).map(([, i]) => i))

const { coherence, interference, centred, norms } = await audit({ dictionary })
const findings =
  `${N} of the 21,504 live rows, drawn by the seed, d = ${d}: norms ${norms.least.toFixed(0)} to ` +
  `${norms.greatest.toFixed(0)}, coherence ${coherence.value.toFixed(4)} (random signs ` +
  `${coherence.rademacher.toFixed(2)}), d × mean squared cosine ${interference.timesDimension.toFixed(0)}, and ` +
  `${centred.interference.timesDimension.toFixed(0)} with the mean taken off (random 1).`
console.log(findings)

const make = (how) => () => {
  if (how === 'rademacher') return prepared(rademacherDictionary(N, d, [1, 1]), 'raw')
  const ready = prepared(dictionary, how)
  // Passes over float32 take several codes at once.
  return how === 'whitened' ? { ...ready, ...inFloat32(ready) } : ready
}
const measured = await capacity(
  PREPARE.map((how) => ({ prepare: how, make: make(how) })),
  {
    decoders: DECODERS.map((name) => builtInDecoders.find((one) => one.name === name)),
    targets: [0.5],
    confidence,
    trials: TRIALS,
    seed,
    onProgress: (done) => process.stderr.write(`\r${done} of ${DECODERS.length * PREPARE.length} `),
  },
)
const rows = measured.rows.map(kept)
console.log(capacityTable(rows, 0.5))

if (values.out !== undefined) {
  const about = {
    title: `First layer of Stockfish: success against k, ${N} codewords, d = ${d}`,
    caption:
      'Uniform k-subsets of rows of a trained network, made unit. Whitening the reader (Section 3.2) brings matching ' +
      'pursuit from a handful to some 80.',
    command,
    seed,
    confidence,
  }
  writeResults(values.out, 'first-layer', {
    text: `${[
      '# The first layer of Stockfish as a dictionary',
      `Network SHA-256 ${network.sha256.slice(0, 12)}…, read from the installed engine; no weight is kept here. Made by ` +
        `\`${command}\`; every interval ${100 * confidence} %.`,
      findings,
      capacityTable(rows, 0.5),
    ].join('\n\n')}\n`,
    figure: { ...capacityFigure(measured.curves, about), id: 'first-layer' },
    record: { command, seed, data: { sha256: network.sha256, N, d, confidence, rows } },
  })
}
