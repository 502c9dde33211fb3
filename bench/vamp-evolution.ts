import { vampStep } from '../src/bounds/vamp-evolution.js'
import { DenseDictionary, gaussianDictionary } from '../src/codes/dense.js'
import type { Dictionary } from '../src/codes/problem.js'
import { rademacherDictionary } from '../src/codes/rademacher.js'
import { readDictionary } from '../src/codes/read-dictionary.js'
import { randomSubset } from '../src/codes/subset.js'
import { vampNoises } from '../src/decoders/amp/vamp.js'
import { columnSpace } from '../src/decoders/column-space.js'
import { writeFigure } from '../src/figures/write.js'
import { median } from '../src/numerics/median.js'
import { stream } from '../src/random/stream.js'
import type { Curve, Panel } from '../src/results/figure.js'

/**
 * The state evolution of VAMP against what VAMP does: the variance of its message by step, undamped and damped as the
 * decoder is, on random signs, on codewords of a spectrum that falls by the square root, and on those of a file. Writes
 * reports/vamp/figure-vamp-evolution.*
 *
 *     node dist/bench/vamp-evolution.js [FILE.npy rows|columns]
 */
const SEED = 'vamp-evolution'
const [N, d] = [4096, 300]
const STEPS = 12
const CODES = 20

/** Gaussian codewords, coordinate j scaled by (1 + j)^(−½). */
function falling(): Dictionary {
  const drawn = gaussianDictionary(N, d, stream(SEED, 'falling').key())
  const entries = new Float64Array(N * d)
  for (let i = 0; i < N; i++) {
    entries.set(
      drawn.codeword(i).map((entry, j) => entry / Math.sqrt(1 + j)),
      i * d,
    )
  }
  return new DenseDictionary(entries, d)
}

function panel(title: string, dictionary: Dictionary, k: number): Panel {
  const { leverages } = columnSpace(dictionary)
  const { size } = dictionary
  const law: number[] = [(k / size) * (1 - k / size)]
  while (law.length < STEPS) law.push(Math.max(1e-8, vampStep(size, k, leverages, law[law.length - 1])))
  const codes = Array.from({ length: CODES }, (_, t) =>
    dictionary.superpose(randomSubset(size, k, stream(SEED, title, t))),
  )
  const seen = (damping: number) => {
    const runs = codes.map((code) => vampNoises(dictionary, code, k, { damping, patience: STEPS }))
    // A run that has read its code ends; its noise is then none.
    return law.map((_, t) => Math.max(1e-8, median(runs.map((run) => run[t] ?? 0))))
  }
  const curve = (
    name: string,
    values: readonly number[],
    look: Pick<Curve, 'role' | 'ink' | 'dash'>,
  ): Curve => ({
    kind: 'curve',
    name,
    ...look,
    points: values.map((y, t) => ({ x: t + 1, y: Number(y.toPrecision(4)) })),
  })
  return {
    title,
    x: { label: 'step', scale: 'linear', domain: [1, STEPS] },
    y: { label: '1/γ₂', scale: 'log2', domain: [2 ** -27, 2 ** -4] },
    layers: [
      curve('state evolution', law, { role: 'law', ink: 'ink', dash: 'dotted' }),
      curve('VAMP, undamped', seen(1), { role: 'measured', ink: 'brick' }),
      curve('VAMP, damped by 0.7', seen(0.7), { role: 'measured', ink: 'teal' }),
    ],
  }
}

const panels = [
  panel('random signs, k = 40', rademacherDictionary(N, d, stream(SEED, 'signs').key()), 40),
  panel('a falling spectrum, k = 40', falling(), 40),
]
const [file, orientation] = process.argv.slice(2)
if (file !== undefined) {
  const given = await readDictionary(file, { orientation: orientation === 'columns' ? 'columns' : 'rows' })
  panels.push(panel('the file, k = 15', given.dictionary.unit(), 15))
}
const files = writeFigure(
  {
    id: 'vamp-evolution',
    title: 'VAMP by its state evolution, and as it runs',
    caption:
      `The variance of the message by step, medians of ${CODES} codes of one dictionary each; ` +
      '2⁻²⁷ stands for none. The law holds where the singular vectors point anywhere.',
    command: 'node dist/bench/vamp-evolution.js',
    seed: SEED,
    columns: panels.length,
    panels,
  },
  'reports/vamp',
)
console.log(files.join('\n'))
for (const { title, layers } of panels) {
  console.log(title)
  for (const layer of layers) {
    if (layer.kind === 'curve') {
      console.log(`  ${layer.name}: ${layer.points.map(({ y }) => y.toPrecision(2)).join(' ')}`)
    }
  }
}
