import { setImmediate } from 'node:timers/promises'
import { evolution } from '../bounds/general/evolution.js'
import { modelProblem } from '../bounds/general/model-problem.js'
import { IDEAL } from '../codes/model/description.js'
import { drawAmplitudes, lawsOf, modelOf } from '../codes/model/general.js'
import { rademacherArena } from '../codes/rademacher.js'
import { drawTrial } from '../codes/trial.js'
import { builtInDecoder } from '../decoders/built-in.js'
import { quoted } from '../io/text/shell.js'
import { endsToDigits } from '../numerics/round.js'
import { stream } from '../random/stream.js'
import type { Curve, Ink } from '../results/figure.js'
import { normalTail } from '../statistics/normal.js'
import { rateInterval } from '../success/estimation/rate-interval.js'
import type { FigureMaker } from './figure-maker.js'
import { asStored, computedCurve, range } from './layers.js'

const shape = { N: 2 ** 14, k: 16, d: 256 }
const model = { ...IDEAL, noise: 0.1, amplitudes: 'half-normal' }
const TRIALS = 120
const CONFIDENCE = 0.95
/** Amplitudes are counted in bins this wide, up to BINS of them. */
const [WIDTH, BINS] = [0.2, 12]

const decoders: readonly { decoder: string; ink: Ink }[] = [
  { decoder: 'top-k', ink: 'ochre' },
  { decoder: 'orthogonal-matching-pursuit', ink: 'violet' },
  { decoder: 'amp-bernoulli', ink: 'rose' },
]

/** For each decoder and bin, whether each active codeword of an amplitude in it was named. */
type Named = Record<string, number[][]>

/** Decode one code over a whole dictionary by every decoder. */
function decodeOne(
  named: Named,
  seed: string,
  trial: number,
  arena: ReturnType<typeof rademacherArena>,
): void {
  const { problem, subset } = drawTrial(shape, seed, trial, arena, modelOf(model))
  // The model's own stream of amplitudes, drawn again.
  const own = stream(seed, 'amplitudes', shape.N, shape.k, trial)
  const amplitudes = drawAmplitudes(lawsOf(model).amplitudes, subset.length, own)
  for (const { decoder } of decoders) {
    const answer = new Set(Array.from(builtInDecoder(decoder)!.decode(problem) as ArrayLike<number>))
    subset.forEach((member, i) => {
      named[decoder][Math.floor(amplitudes[i] / WIDTH)]?.push(Number(answer.has(member)))
    })
  }
}

const measured = (decoder: string, ink: Ink, bins: readonly number[][]): Curve => ({
  kind: 'curve',
  role: 'measured',
  name: decoder,
  ink,
  points: bins.flatMap((hits, bin) => {
    if (hits.length === 0) return []
    const y = hits.reduce((sum, hit) => sum + hit, 0) / hits.length
    const interval = endsToDigits(rateInterval(hits, CONFIDENCE).interval, 6)
    return [{ x: asStored((bin + 0.5) * WIDTH), y: asStored(y), interval }]
  }),
})

/** Recall of an amplitude at the noise of one-step reading, of AMP at rest, and of the genie. */
function laws(): Curve[] {
  const problem = modelProblem(model, shape.N, shape.k)
  const { amp, reader } = evolution(problem)
  const rows: readonly [string, Ink, number][] = [
    ['one step', 'ochre', Math.sqrt(problem.energy / shape.d)],
    ['AMP, state evolution', 'rose', amp(shape.d)],
    ['genie: no decoder', 'ink', Math.sqrt(problem.noiseEnergy / shape.d)],
  ]
  return rows.map(([name, ink, tau]) => {
    const { bar } = reader(tau).mostLikely()
    return computedCurve(
      'law',
      { name, ink, dash: 'dotted' },
      range(0, WIDTH * BINS, 0.05).map(asStored),
      (a) => normalTail((bar - a) / tau),
    )
  })
}

/** Which amplitudes are visible to whom. */
export const visibleAmplitudes: FigureMaker = {
  id: 'visible',
  whole: true,
  title: 'Which amplitudes are visible',
  async make({ seed, shard, onProgress, signal }) {
    if (shard) return undefined
    const named: Named = Object.fromEntries(
      decoders.map(({ decoder }) => [decoder, Array.from({ length: BINS }, () => [])]),
    )
    const arena = rademacherArena()
    for (let trial = 0; trial < TRIALS; trial++) {
      decodeOne(named, seed, trial, arena)
      onProgress?.((trial + 1) / TRIALS)
      await setImmediate(undefined, { ...(signal && { signal }) })
    }
    return {
      id: this.id,
      title: this.title,
      caption:
        'Share of active codewords named, by their amplitude: half-normal, k = 16 of 2^14 codewords, 256 dimensions, ' +
        `10 % noise, as many named as are active. Dots: ${TRIALS} codes over whole dictionaries, 95 % intervals. ` +
        'Dotted: the Gaussian laws. One step sees large amplitudes; decoders that subtract what they read see nearly ' +
        'as far as the noise lets anyone.',
      command: `dpb figure visible --seed ${quoted(seed)}`,
      seed,
      confidence: CONFIDENCE,
      columns: 1,
      panels: [
        {
          title: 'recall against amplitude',
          x: { label: 'amplitude a', scale: 'linear', domain: [0, WIDTH * BINS] },
          y: { label: 'recall', scale: 'linear', domain: [0, 1] },
          layers: [...laws(), ...decoders.map(({ decoder, ink }) => measured(decoder, ink, named[decoder]))],
        },
      ],
    }
  },
}
