import { successCommandLine } from '../results/replay-command.js'
import type { ReferenceRow } from '../results/report.js'
import { measureBy } from '../success/estimation/measure-dimension.js'
import { rateBy } from '../success/estimation/success-rate.js'
import { openSampler } from '../success/workers/open-sampler.js'

/** A production sparse autoencoder's size, the paper's reference point. */
const point = { N: 2 ** 20, k: 28 }

/** The paper's decoders, and how many real decodes each gets: a few seconds on two cores. */
const decoders = { threshold: 16, 'top-k': 24, 'matching-pursuit': 40 }

export interface ReferenceOptions {
  readonly seed: string
  /** False-alarm probability of all rows together. */
  readonly alpha: number
  /** Called with the share of the work that is done, in [0, 1], and what is at work. */
  onProgress(done: number, note: string): void
  readonly signal: AbortSignal
}

/** The dims per bit of the paper's decoders at N = 2^20, k = 28. */
export async function referencePoint(options: ReferenceOptions): Promise<ReferenceRow[]> {
  const { seed, alpha, onProgress, signal } = options
  const names = Object.entries(decoders)
  const share = alpha / names.length
  const rows: ReferenceRow[] = []
  for (const [decoder, trials] of names) {
    const advance = (part: number) => onProgress((rows.length + part) / names.length, decoder)
    rows.push(await referenceRow({ decoder, trials, seed, alpha: share, advance, signal }))
  }
  return rows
}

interface RowOptions extends Pick<ReferenceOptions, 'seed' | 'alpha' | 'signal'> {
  readonly decoder: string
  readonly trials: number
  advance(done: number): void
}

async function referenceRow(options: RowOptions): Promise<ReferenceRow> {
  const { decoder, trials, seed, alpha, advance, signal } = options
  const start = performance.now()
  const confidence = 1 - alpha / 2
  const exact = await openSampler(decoder, { method: 'conditional' })
  const [measured, conditional] = await (async () => {
    const found = await measureBy(exact, { ...point, precision: 0.02, seed, signal })
    const d = Math.round(found.dimension)
    return [found, await rateBy(exact, { ...point, d, trials: 1000, seed, confidence, signal })] as const
  })().finally(exact.close)
  advance(0.3)
  const real = await openSampler(decoder, { method: 'simulation' })
  const { d } = conditional
  const simulation = await rateBy(real, {
    ...point,
    d,
    trials,
    seed,
    confidence,
    signal,
    onTrials: (done) => advance(0.3 + (0.7 * done) / trials),
  }).finally(real.close)
  const { dimension, dimensionInterval, dimsPerBit, interval } = measured
  const passed =
    simulation.faultCount === 0 &&
    simulation.interval[0] <= conditional.interval[1] &&
    conditional.interval[0] <= simulation.interval[1]
  return {
    decoder,
    ...point,
    dimension,
    dimensionInterval,
    dimsPerBit,
    interval,
    confidence: measured.confidence,
    conditional,
    simulation,
    passed,
    alpha,
    seconds: (performance.now() - start) / 1000,
    replay: successCommandLine({ decoder, ...point, d, method: 'simulation', seed, trials }),
  }
}
