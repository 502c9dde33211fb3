import { mapBar } from '../src/bounds/map-boundary.js'
import { IDEAL, type ModelDescription } from '../src/codes/model/description.js'
import { modelOf } from '../src/codes/model/general.js'
import { rademacherArena } from '../src/codes/rademacher.js'
import { drawTrial, type Shape } from '../src/codes/trial.js'
import { builtInDecoder } from '../src/decoders/built-in.js'
import type { BuiltInDecoder } from '../src/decoders/decoder.js'
import { threshold } from '../src/decoders/one-step/threshold.js'
import { writeWhole } from '../src/io/write-atomic.js'
import { inverseNormalTail } from '../src/statistics/normal.js'
import { drawGeneral } from '../src/success/conditional/general/draw-general.js'
import { generalConditionalTrial } from '../src/success/conditional/general/general-trial.js'
import { recoveryOf } from '../src/success/trials/recovery.js'

/**
 * Eight models, read given all but the non-members, and on whole dictionaries: recall, false positives and P(exact),
 * beside the values of `docs/general-model.md`. Writes reports/general-model-cells.md. The same on every machine but
 * for the last bits of logarithms.
 *
 *     node dist/bench/general-model-cells.js
 */
const SEED = 'general-model-cells'
const CONFIDENCE = 0.99
const [OMP, TOP, MAP, AMP] = ['orthogonal-matching-pursuit', 'top-k', 'map-threshold', 'amp-bernoulli']
/** OMP that is told how many codewords are active, not how many are on average. */
const TOLD = 'orthogonal-matching-pursuit, told K'
/** The bar is one for all codewords, as it was where the printed values come from. */
const decoderOf = (name: string, { shape, model }: Pick<Cell, 'shape' | 'model'>): BuiltInDecoder =>
  name === MAP
    ? threshold(mapBar(shape, model.noise, model.amplitudes))
    : builtInDecoder(name === TOLD ? OMP : name)!
/** Draws given the members, and whole dictionaries. */
const TRIALS: Record<string, readonly [number, number]> = {
  [TOP]: [1050, 210],
  [MAP]: [1050, 210],
  [OMP]: [280, 105],
  [TOLD]: [280, 105],
  [AMP]: [0, 42],
}

type Metric = 'recall' | 'false positives' | 'exact'

/** A value found before: by whole dictionaries, with its standard error. */
interface Printed {
  readonly decoder: string
  readonly metric: Metric
  readonly value: number
  readonly error: number
}

interface Cell {
  readonly shape: Shape
  readonly model: ModelDescription
  readonly printed: readonly Printed[]
}

/** Recall of top-k, false positives of the MAP bar, recall of OMP and of AMP, each with its standard error. */
function cell(
  [N, k, d]: readonly [number, number, number],
  [amplitudes, noise, active]: readonly [string, number, string?],
  values: readonly (readonly [number, number] | undefined)[],
  more: readonly Printed[] = [],
): Cell {
  const kinds: readonly (readonly [string, Metric])[] = [
    [TOP, 'recall'],
    [MAP, 'false positives'],
    [OMP, 'recall'],
    [AMP, 'recall'],
  ]
  const printed = kinds.flatMap(([decoder, metric], i) => {
    const pair = values[i]
    const scale = metric === 'recall' ? 0.01 : 1
    const told = decoder === OMP && active ? TOLD : decoder
    return pair ? [{ decoder: told, metric, value: scale * pair[0], error: scale * pair[1] }] : []
  })
  const model = { ...IDEAL, amplitudes, noise, active: active ?? 'subset' }
  return { shape: { N, k, d }, model, printed: [...printed, ...more] }
}

const exact = (decoder: string, value: number, error: number): Printed => ({
  decoder,
  metric: 'exact',
  value,
  error,
})

const cells: readonly Cell[] = [
  cell(
    [2 ** 14, 16, 400],
    ['constant', 0],
    [
      [91.4, 0.4],
      [0.89, 0.07],
      [100, 0],
      [100, 0],
    ],
    [exact(TOP, 0.13, 0.003)],
  ),
  cell(
    [2 ** 14, 16, 256],
    ['half-normal', 0.1],
    [
      [41.9, 0.6],
      [2.59, 0.5],
      [75.5, 1.1],
      [74.1, 1.7],
    ],
  ),
  cell(
    [2 ** 13, 32, 400],
    ['exponential', 0.2],
    [
      [32.4, 0.5],
      [2.5, 0.36],
      [50, 0.9],
      [52.2, 1.3],
    ],
  ),
  cell(
    [2 ** 14, 20, 400],
    ['lognormal:0.5', 0.1],
    [
      [54.4, 0.6],
      [2.98, 0.39],
      [95.6, 0.5],
      [96.9, 0.7],
    ],
  ),
  cell(
    [2 ** 10, 4, 128],
    ['uniform:0.2', 0.05],
    [
      [98.8, 0.4],
      [0.13, 0.03],
      [100, 0],
      [100, 0],
    ],
    [exact(TOP, 0.952, 0.015), exact(MAP, 0.724, 0.031)],
  ),
  cell(
    [2 ** 14, 24, 320],
    ['half-normal', 0.15, 'bernoulli'],
    [
      [37.9, 0.6],
      [2.71, 0.53],
      [64.5, 1.2],
      [64.8, 1.6],
    ],
  ),
  cell(
    [2 ** 12, 16, 256],
    ['uniform:0.5', 0.05, 'zipf:1'],
    [[67.8, 0.9], [1.87, 0.23], [99.8, 0.1], undefined],
  ),
  cell(
    [2 ** 14, 32, 192],
    ['constant', 0.1],
    [
      [26.3, 0.4],
      [0.99, 0.09],
      [14.4, 0.7],
      [32.1, 1.3],
    ],
  ),
]

/** What trials came to, one entry each. */
interface Counts {
  readonly hits: number[]
  readonly falsePositives: number[]
  readonly exact: number[]
  readonly active: number[]
}

const noCounts = (): Counts => ({ hits: [], falsePositives: [], exact: [], active: [] })

function add(counts: Counts, entry: { [Name in keyof Counts]: number | boolean }): void {
  for (const name of Object.keys(counts) as (keyof Counts)[]) counts[name].push(Number(entry[name]))
}

/** The decoder, told another k. */
const told = (decoder: BuiltInDecoder, other: number | undefined): BuiltInDecoder => ({
  ...decoder,
  decodeMany: (dictionary, codes, k, model) => decoder.decodeMany!(dictionary, codes, other ?? k, model),
})

function given({ shape, model }: Cell, name: string): Counts {
  const counts = noCounts()
  for (let t = 0; t < TRIALS[name][0]; t++) {
    const k = name === TOLD ? drawGeneral(model, shape, SEED, t).members.k : undefined
    add(counts, {
      ...generalConditionalTrial(told(decoderOf(name, { shape, model }), k), model, shape, SEED, t),
    })
  }
  return counts
}

/** Of all decoders, on the same codes: as many of the trials as each takes. */
function whole({ shape, model }: Cell): Map<string, Counts> {
  const all = new Map(Object.keys(TRIALS).map((name) => [name, noCounts()]))
  const drawn = modelOf(model)
  const arena = rademacherArena()
  for (let t = 0; t < TRIALS[TOP][1]; t++) {
    const { problem, subset } = drawTrial(shape, SEED, t, arena, drawn)
    const { dictionary, code, k, model: known } = problem
    for (const [name, counts] of all) {
      if (t >= TRIALS[name][1]) continue
      const asked = name === TOLD ? subset.length : k
      const answer = decoderOf(name, { shape, model }).decodeMany!(dictionary, [code], asked, known)[0]
      add(counts, { ...recoveryOf(subset, answer), active: subset.length })
    }
  }
  return all
}

interface CellEstimate {
  readonly value: number
  readonly error: number
}

/** The mean, or of recall the ratio of sums, and its standard error. */
function estimate({ hits, active, falsePositives, exact }: Counts, metric: Metric): CellEstimate {
  const sum = (terms: readonly number[]) => terms.reduce((total, term) => total + term, 0)
  const values = metric === 'recall' ? hits : metric === 'exact' ? exact : falsePositives
  const weights = metric === 'recall' ? active : values.map(() => 1)
  const value = sum(values) / sum(weights)
  const squares = values.map((x, t) => (x - value * weights[t]) ** 2)
  return { value, error: Math.sqrt((sum(squares) * values.length) / (values.length - 1)) / sum(weights) }
}

const apart = (a: CellEstimate, b: CellEstimate): number => {
  const error = Math.hypot(a.error, b.error)
  return error > 0 ? (a.value - b.value) / error : a.value === b.value ? 0 : Infinity
}

const text = ({ value, error }: CellEstimate, metric: Metric): string => {
  const [scale, digits] = metric === 'recall' ? [100, 1] : [1, metric === 'exact' ? 4 : 2]
  const reach = inverseNormalTail((1 - CONFIDENCE) / 2) * error
  const [low, high] = [Math.max(0, value - reach), value + reach]
  return `${(scale * value).toFixed(digits)} [${(scale * low).toFixed(digits)}, ${(scale * high).toFixed(digits)}]`
}

const rows: string[] = []
const distances: number[] = []
const judged = (a: CellEstimate, b: CellEstimate): string => {
  const z = apart(a, b)
  if (Number.isFinite(z) && z !== 0) distances.push(z)
  return z.toFixed(2)
}
for (const [c, one] of cells.entries()) {
  const { shape, model, printed } = one
  const known = new Map<string, Counts>()
  const brute = whole(one)
  for (const { decoder, metric, ...value } of printed) {
    const simulated = estimate(brute.get(decoder)!, metric)
    let ours = simulated
    let method = ''
    if (TRIALS[decoder][0] > 0) {
      if (!known.has(decoder)) known.set(decoder, given(one, decoder))
      ours = estimate(known.get(decoder)!, metric)
      method = text(ours, metric)
    }
    const against = method ? judged(ours, simulated) : ''
    const cells = [method, text(simulated, metric), against, text(value, metric), judged(ours, value)]
    const about = `${shape.N}, ${shape.k}, ${shape.d}, ${model.amplitudes}, ${100 * model.noise} %, ${model.active}`
    rows.push(`| ${c + 1} | ${about} | ${decoder} | ${metric} | ${cells.join(' | ')} |`)
    console.log(rows.at(-1))
  }
}
const most = Math.max(...distances.map(Math.abs))
const limit = inverseNormalTail((1 - CONFIDENCE) / 2)
const beyond = distances.filter((z) => Math.abs(z) > limit).length
const lines = [
  '# Eight cells of the general model',
  '',
  `\`node dist/bench/general-model-cells.js\`, seed \`${SEED}\`. Draws given the members: 1,050, of OMP 280. Whole`,
  'dictionaries: 210, of OMP 105, of AMP 42. Recall in %; false positives a code; intervals of 99 %, normal. z: the',
  'difference in joint standard errors. *Printed*: the values that this was first worked out with, by whole',
  'dictionaries. With a random number of active codewords OMP is told it, as it was there.',
  '',
  '| | N, k, d, amplitudes, noise, active | decoder | | given the members | whole dictionaries | z | printed | z |',
  '| --- | --- | --- | --- | --- | --- | --- | --- | --- |',
  ...rows,
  '',
  `Of ${distances.length} comparisons ${beyond} lie beyond the joint ${100 * CONFIDENCE} % interval, ` +
    `${limit.toFixed(2)} joint standard errors; the largest is ${most.toFixed(2)}.`,
  '',
]
writeWhole('reports/general-model-cells.md', lines.join('\n'))
