import { setImmediate } from 'node:timers/promises'
import { evolution } from '../bounds/general/evolution.js'
import { bestFixedBar } from '../bounds/general/fixed-bar.js'
import {
  genieVariance,
  type ModelProblem,
  modelProblem,
  oneStepVariance,
} from '../bounds/general/model-problem.js'
import type { SeparateReader } from '../bounds/general/reading.js'
import { supportEntropy } from '../bounds/general/support-entropy.js'
import { IDEAL, type ModelDescription, modelId } from '../codes/model/description.js'
import type { Shape } from '../codes/trial.js'
import type { GeneralDraw, Reads } from '../decoders/member-rules/general/reads.js'
import { topReads } from '../decoders/member-rules/general/top-reads.js'
import { threshold } from '../decoders/one-step/threshold.js'
import { quoted } from '../io/text/shell.js'
import { drawGeneral } from '../success/conditional/general/draw-general.js'
import { fixedBarCounts } from '../success/conditional/general/fixed-bar-counts.js'
import { genieHits } from '../success/conditional/general/genie-reads.js'
import { type ControlledRecall, controlledRecall } from '../success/estimation/controlled-recall.js'
import { type Metric, type RecoveryMetrics, recoveryMetrics } from '../success/estimation/recovery-metrics.js'
import type { TaskContext } from '../success/estimation/run-tasks.js'
import { type RecoveryCounts, recoveryCounts } from '../success/trials/recovery.js'

const N = 131072
const CONFIDENCE = 0.95
/** Codes of one-step readers and of the genie, of OMP, and whole dictionaries of AMP: each takes more time. */
const TRIALS = { oneStep: 600, omp: 96, amp: 12 }

/** Recall and share of H that is read, as measured. */
export interface MeasuredReading {
  readonly recall: Metric
  readonly shareOfBits: Metric
  readonly trials: number
}

/** A JumpReLU encoder at the bar that its law names for the largest F1. */
export interface AtBar extends Pick<RecoveryMetrics, 'recall' | 'precision'> {
  /** In units of amplitudes, or of ‖X‖/√d. */
  readonly bar: number
}

/** What can be read at one d, k and noise. */
export interface ReadableRow {
  readonly d: number
  readonly k: number
  readonly noise: number
  readonly amplitudes: string
  readonly dimsPerBit: number
  readonly topK: MeasuredReading
  readonly fixedBar: AtBar
  readonly relativeBar: AtBar
  readonly omp: MeasuredReading
  readonly amp: MeasuredReading
  readonly genie: MeasuredReading
  /** Recall as many being named as are active, and shares of H of scores, by the laws: computed, not sampled. */
  readonly law: {
    readonly oneStep: number
    readonly amp: number
    readonly genie: number
    readonly oneStepSoft: number
    readonly ampSoft: number
  }
}

/** What can be read of N = 131072 codewords, as it is committed in reports/readable.json. */
export interface ReadableTable {
  readonly command: string
  readonly seed: string
  readonly confidence: number
  readonly N: number
  readonly rows: readonly ReadableRow[]
}

/** One row's problem, its readers by their laws, and H. */
interface Cell {
  readonly shape: Shape
  readonly model: ModelDescription
  readonly problem: ModelProblem
  readonly oneStep: SeparateReader
  readonly iterated: SeparateReader
  readonly genie: SeparateReader
  readonly H: number
}

function cellOf(shape: Shape, model: ModelDescription): Cell {
  const problem = modelProblem(model, N, shape.k)
  const { amp, reader } = evolution(problem)
  return {
    shape,
    model,
    problem,
    oneStep: reader(Math.sqrt(oneStepVariance(problem, shape.d))),
    iterated: reader(amp(shape.d)),
    genie: reader(Math.sqrt(genieVariance(problem, shape.d))),
    H: supportEntropy(problem.activity, N, shape.k),
  }
}

const models = (amplitudes: string, noises: readonly number[]): ModelDescription[] =>
  noises.map((noise) => ({ ...IDEAL, amplitudes, noise }))

const cells = (): Cell[] =>
  [models('half-normal', [0.1, 0.2]), models('constant', [0.1])].flatMap((group) =>
    [768, 2304].flatMap((d) =>
      [32, 64, 128].flatMap((k) => group.map((model) => cellOf({ N, k, d }, model))),
    ),
  )

/** The decoders that samplers run. */
const sampled = {
  omp: { decoder: 'orthogonal-matching-pursuit', method: 'conditional', trials: TRIALS.omp },
  amp: { decoder: 'amp-bernoulli', method: 'simulation', trials: TRIALS.amp },
} as const

/** What cells cost in all, roughly, one-step readers first: for a fair progress. */
const SHARES = [0.2, 0.4, 0.4]

/**
 * What one-layer encoders, iteration and a genie read of codes as sparse autoencoders meet them. The same for any
 * number of workers.
 */
export async function readableTable(context: Omit<TaskContext, 'shard' | 'record'>): Promise<ReadableTable> {
  const { seed, onProgress, signal } = context
  const all = cells()
  const rows: Omit<ReadableRow, 'omp' | 'amp'>[] = []
  for (const cell of all) {
    rows.push(await withoutDictionary(cell, seed, signal))
    onProgress?.((SHARES[0] * rows.length) / all.length)
  }
  const [omp, amp] = [[], []] as MeasuredReading[][]
  for (const [into, how, from, share] of [
    [omp, sampled.omp, SHARES[0], SHARES[1]],
    [amp, sampled.amp, SHARES[0] + SHARES[1], SHARES[2]],
  ] as const) {
    into.push(...(await bySamplers(context, all, how, (done) => onProgress?.(from + share * done))))
  }
  return {
    command: `dpb table readable --seed ${quoted(seed)}`,
    seed,
    confidence: CONFIDENCE,
    N,
    rows: rows.map((row, i) => ({ ...row, omp: omp[i], amp: amp[i] })),
  }
}

/** Laws, and all that one draw of a code tells of one-step readers and the genie. */
async function withoutDictionary(cell: Cell, seed: string, signal?: AbortSignal) {
  const { shape, model, problem, oneStep, iterated, genie, H } = cell
  const { k, d } = shape
  const fixed = bestFixedBar(problem, d).bar
  const relative = oneStep.bestF1().bar / oneStep.tau
  const rules = [topReads, ruleOf(threshold(relative, true))]
  const counts = [...rules, 'genie'].map(() => recoveryCounts(TRIALS.oneStep))
  for (let t = 0; t < TRIALS.oneStep; t++) {
    if (t % 50 === 0) await setImmediate(undefined, signal && { signal })
    const draw = drawGeneral(model, shape, seed, t)
    rules.forEach((rule, r) => {
      setReads(counts[r], t, rule(draw), k)
    })
    counts[rules.length].hits[t] = genieHits(model, shape, seed, t)
  }
  const recallOf = (what: RecoveryCounts, law: SeparateReader) => {
    const sampler = { decoder: 'top-k', method: 'conditional', model } as const
    return shareOf(controlledRecall(sampler, shape, seed, what, law, CONFIDENCE), H)
  }
  const atBar = (bar: number, what: RecoveryCounts): AtBar => {
    const { recall, precision } = recoveryMetrics(shape, what, CONFIDENCE, model)
    return { bar, recall, precision }
  }
  return {
    d,
    k,
    noise: model.noise,
    amplitudes: model.amplitudes,
    dimsPerBit: d / H,
    topK: recallOf(counts[0], oneStep),
    fixedBar: atBar(fixed, fixedBarCounts(fixed, model, shape, counts[0].active, seed, 0)!),
    relativeBar: atBar(relative, counts[1]),
    genie: recallOf(counts[2], genie),
    law: {
      oneStep: oneStep.mostLikely().recall,
      amp: iterated.mostLikely().recall,
      genie: genie.mostLikely().recall,
      oneStepSoft: oneStep.softBits() / H,
      ampSoft: iterated.softBits() / H,
    },
  }
}

const ruleOf = (decoder: ReturnType<typeof threshold>) => decoder.general as (draw: GeneralDraw) => Reads

function setReads(counts: RecoveryCounts, t: number, { hits, falsePositives }: Reads, active: number): void {
  counts.hits[t] = hits
  counts.falsePositives[t] = falsePositives
  counts.active[t] = active
}

/** One sampler a model, for all of its cells. */
async function bySamplers(
  { seed, open, signal }: Pick<TaskContext, 'seed' | 'open' | 'signal'>,
  all: readonly Cell[],
  { decoder, method, trials }: (typeof sampled)['omp' | 'amp'],
  onProgress: (share: number) => void,
): Promise<MeasuredReading[]> {
  const found = new Map<Cell, MeasuredReading>()
  for (const id of new Set(all.map(({ model }) => modelId(model)))) {
    const ofModel = all.filter(({ model }) => modelId(model) === id)
    const sampler = await open(decoder, method, ofModel[0].model)
    try {
      for (const cell of ofModel) {
        const { counts } = await sampler.run(cell.shape, seed, 0, trials, { counts: true, signal })
        const recall = controlledRecall(sampler, cell.shape, seed, counts!, cell.iterated, CONFIDENCE)
        found.set(cell, shareOf(recall, cell.H))
        onProgress(found.size / all.length)
      }
    } finally {
      await sampler.close()
    }
  }
  return all.map((cell) => found.get(cell)!)
}

const shareOf = ({ recall, bitsRead, trials }: ControlledRecall, H: number): MeasuredReading => ({
  recall,
  shareOfBits: { value: bitsRead.value / H, interval: [bitsRead.interval[0] / H, bitsRead.interval[1] / H] },
  trials,
})
