import { setImmediate } from 'node:timers/promises'
import { evolution } from '../bounds/general/evolution.js'
import { modelProblem } from '../bounds/general/model-problem.js'
import type { SeparateReader } from '../bounds/general/reading.js'
import { separateBits } from '../bounds/general/walls.js'
import { IDEAL, type ModelDescription } from '../codes/model/description.js'
import { builtInDecoder } from '../decoders/built-in.js'
import { quoted } from '../io/text/shell.js'
import { endsToDigits } from '../numerics/round.js'
import type { Curve, Ink, Panel, Point } from '../results/figure.js'
import { generalSampler } from '../success/conditional/general/general-sampler.js'
import { type ControlledRecall, controlledRecall } from '../success/estimation/controlled-recall.js'
import type { FigureMaker } from './figure-maker.js'
import { asStored, computedCurve } from './layers.js'

const N = 131072
const CONFIDENCE = 0.95

/** Codes a cell, of a decoder that goes step by step fewer; and the law whose visibility of amplitudes is taken off. */
const decoders: readonly { decoder: string; ink: Ink; trials: number; like: LawName }[] = [
  { decoder: 'top-k', ink: 'ochre', trials: 200, like: 'one step' },
  { decoder: 'orthogonal-matching-pursuit', ink: 'violet', trials: 24, like: 'AMP' },
]

type LawName = 'one step' | 'AMP' | 'genie'

interface CellOf {
  readonly model: ModelDescription
  readonly d: number
  readonly k: number
}

const half = (noise: number): ModelDescription => ({ ...IDEAL, noise, amplitudes: 'half-normal' })

/** Panels of recall over k, as in a table of d and η. */
const tables = [768, 2304].flatMap((d) => [0.1, 0.2].map((noise) => ({ d, model: half(noise) })))
const sparsities = [32, 64, 128]
/** The panel of bits per dimension over k. */
const wide = { d: 768, model: half(0.1) }
const spread = [8, 16, 32, 64, 128, 256, 512]

/** What is measured of each cell, by its decoder. */
type Measured = Map<string, ControlledRecall>

const key = (decoder: string, { model, d, k }: CellOf): string => `${decoder}/${model.noise}/${d}/${k}`

const curveOf = (
  { decoder, ink }: (typeof decoders)[number],
  cells: readonly CellOf[],
  found: Measured,
  metric: 'recall' | 'bitsRead',
): Curve => ({
  kind: 'curve',
  role: 'measured',
  name: decoder,
  ink,
  points: cells.flatMap((cell): Point[] => {
    const metrics = found.get(key(decoder, cell))
    if (!metrics) return []
    const { value, interval } = metrics[metric]
    const unit = metric === 'recall' ? 1 : cell.d
    const [low, high] = interval
    return [{ x: cell.k, y: asStored(value / unit), interval: endsToDigits([low / unit, high / unit], 6) }]
  }),
})

/** The law of a reader of separate scores at its noise: of one step, of AMP at rest, of the genie. */
function readerOf(name: LawName, { d, model, k }: CellOf): SeparateReader {
  const problem = modelProblem(model, N, k)
  const { amp, reader } = evolution(problem)
  const energy = name === 'genie' ? problem.noiseEnergy : problem.energy
  return reader(name === 'AMP' ? amp(d) : Math.sqrt(energy / d))
}

function lawsOf(
  place: Omit<CellOf, 'k'>,
  ks: readonly number[],
  what: 'recall' | 'softBits',
  names: readonly LawName[],
): Curve[] {
  const inks: Record<LawName, Ink> = { 'one step': 'ochre', AMP: 'rose', genie: 'ink' }
  const at = (name: LawName, k: number) => {
    const read = readerOf(name, { ...place, k })
    return what === 'recall' ? read.mostLikely().recall : read.softBits() / place.d
  }
  return names.map((name) =>
    computedCurve('law', { name: `${name} (law)`, ink: inks[name], dash: 'dotted' }, ks, (k) => at(name, k)),
  )
}

const percent = (share: number): string => `${Math.round(100 * share)} %`

function panelsOf(found: Measured): Panel[] {
  const recall = tables.map(({ d, model }): Panel => {
    const cells = sparsities.map((k) => ({ d, model, k }))
    return {
      title: `d = ${d}, η = ${percent(model.noise)}`,
      x: { label: 'active codewords k', scale: 'log2', domain: [32, 128] },
      y: { label: 'recall', scale: 'linear', domain: [0, 1] },
      layers: [
        ...lawsOf({ d, model }, sparsities, 'recall', ['one step', 'AMP', 'genie']),
        ...decoders.map((decoder) => curveOf(decoder, cells, found, 'recall')),
      ],
    }
  })
  const wall = separateBits(modelProblem(wide.model, N, 64))
  const bits: Panel = {
    title: `d = ${wide.d}, η = ${percent(wide.model.noise)}: bits read per dimension`,
    x: { label: 'active codewords k', scale: 'log2', domain: [8, 512] },
    y: { label: 'bits per dimension', scale: 'linear', domain: [0, 1.1] },
    layers: [
      computedCurve(
        'law',
        { name: '0.72(1 − η), Gaussian wall of separate scores', ink: 'grey' },
        [8, 512],
        () => wall,
      ),
      ...lawsOf(wide, spread, 'softBits', ['one step', 'AMP']),
      curveOf(
        decoders[0],
        spread.map((k) => ({ ...wide, k })),
        found,
        'bitsRead',
      ),
    ],
  }
  return [...recall, bits]
}

/** What can be read of codes as sparse autoencoders meet them. */
export const readable: FigureMaker = {
  id: 'readable',
  whole: true,
  title: 'What can be read',
  async make({ seed, shard, onProgress, signal }) {
    if (shard) return undefined
    const work = [
      ...tables.flatMap((table) =>
        sparsities.flatMap((k) => decoders.map((by) => ({ cell: { ...table, k }, by }))),
      ),
      ...spread.map((k) => ({ cell: { ...wide, k }, by: decoders[0] })),
    ].filter(
      ({ cell, by }, i, all) =>
        all.findIndex((o) => key(o.by.decoder, o.cell) === key(by.decoder, cell)) === i,
    )
    const found: Measured = new Map()
    for (const { cell, by } of work) {
      const shape = { N, k: cell.k, d: cell.d }
      const sampler = generalSampler(builtInDecoder(by.decoder)!, cell.model)
      const { counts } = await sampler.run(shape, seed, 0, by.trials, { ...(signal && { signal }) })
      const law = readerOf(by.like, cell)
      found.set(key(by.decoder, cell), controlledRecall(sampler, shape, seed, counts!, law, CONFIDENCE))
      onProgress?.(found.size / work.length)
      await setImmediate(undefined, { ...(signal && { signal }) })
    }
    return {
      id: this.id,
      title: this.title,
      caption:
        'Half-normal amplitudes, N = 131072: share of the active codewords named, as many being named as are active, ' +
        'and bits read per dimension. Dots are measured, with 95 % intervals (the visibility of amplitudes taken ' +
        'off); dotted are the laws of one-step reading, of AMP with the posterior mean (state evolution) and of the ' +
        'genie, which no decoder passes. The Gaussian wall is the most that separate scores read; AMP passes it.',
      command: `dpb figure readable --seed ${quoted(seed)}`,
      seed,
      confidence: CONFIDENCE,
      columns: 3,
      panels: panelsOf(found),
    }
  },
}
