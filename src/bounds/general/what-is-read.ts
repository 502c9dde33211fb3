import { amplitudesCost, bitsPerDimension } from './capacity.js'
import type { Evolution } from './evolution.js'
import { bestFixedBar, type FixedBarReading, fixedBar } from './fixed-bar.js'
import { genieVariance, type ModelProblem, oneStepVariance } from './model-problem.js'
import type { SeparateReader } from './reading.js'
import { correlationWall, MANY_ACTIVE, separateBits } from './walls.js'

/** One way of reading a code, in expectation, by the law that is named. */
export interface ReadBy {
  readonly decoder: string
  readonly law: string
  /** Effective noise of a score, in units of amplitudes; 0 where everything is read. */
  readonly tau: number
  /** The amplitude that is read half of the time. */
  readonly visibleAmplitude: number
  readonly recall: number
  readonly precision: number
  readonly f1: number
  /** R of the decisions; null where its law says nothing of bits. */
  readonly bitsRead: number | null
  /** R of the scores. */
  readonly softBitsRead: number | null
}

/** What can be read of a code of d dimensions. */
export interface WhatIsRead {
  readonly d: number
  readonly readers: readonly ReadBy[]
  /** The share of the active codewords that no decoder names, at a precision as large as its recall. */
  readonly outOfReach: number
  /** Σ corr² of any encoder's outputs with the amplitudes, at most. */
  readonly correlationWall: number
  /** Bits of separate scores by the Gaussian law; null below k = 16, where top-k passes it. */
  readonly oneStepWall: number | null
  /** Bits of any reader over independent signs, at most; null where there is no such limit. */
  readonly capacity: number | null
  /** The same, less what amplitudes take. */
  readonly capacityLessAmplitudes: number | null
}

/** A table of readers of a code of d dimensions, d > 0, and what keeps them. */
export function whatIsRead(problem: ModelProblem, evolution: Evolution, d: number): WhatIsRead {
  const oneStep = Math.sqrt(oneStepVariance(problem, d))
  const genie = Math.sqrt(genieVariance(problem, d))
  const row = (decoder: string, law: string, tau: number): ReadBy =>
    tau > 0 ? read(decoder, law, evolution.reader(tau)) : everything(decoder, law, problem, evolution)
  const readers = [
    row('top-k', 'one step', oneStep),
    ...bars(problem, evolution.reader(oneStep), d),
    row('amp-bernoulli', 'state evolution', evolution.amp(d)),
    ...(problem.noise > 0 ? [row('ideal reader', 'least potential', evolution.ideal(d).tau)] : []),
    row('any decoder, at most', 'genie', genie),
  ]
  const i = bitsPerDimension(problem)
  const finite = (bits: number) => (bits < Infinity ? bits : null)
  return {
    d,
    readers,
    outOfReach: 1 - readers.at(-1)!.recall,
    correlationWall: correlationWall(problem, d),
    oneStepWall: problem.k < MANY_ACTIVE ? null : d * separateBits(problem),
    capacity: finite(d * i),
    capacityLessAmplitudes: finite(d * i - amplitudesCost(problem, d)),
  }
}

function read(decoder: string, law: string, reader: SeparateReader): ReadBy {
  const { bar, recall, precision, f1, bits } = reader.mostLikely()
  return {
    decoder,
    law,
    tau: reader.tau,
    visibleAmplitude: bar,
    recall,
    precision,
    f1,
    bitsRead: bits,
    softBitsRead: reader.softBits(),
  }
}

const everything = (decoder: string, law: string, problem: ModelProblem, { reader }: Evolution): ReadBy => ({
  decoder,
  law,
  tau: 0,
  visibleAmplitude: 0,
  recall: 1,
  precision: 1,
  f1: 1,
  bitsRead: reader(Math.sqrt(problem.energy)).entropyBits,
  softBitsRead: null,
})

/** A JumpReLU at its best bar: one that follows ‖X‖, and one that does not. */
function bars(problem: ModelProblem, reader: SeparateReader, d: number): ReadBy[] {
  const { tau } = reader
  const best = reader.bestF1()
  const relative: ReadBy = {
    decoder: 'jump-relu, bar ∝ ‖X‖',
    law: 'one step, best F1',
    tau,
    visibleAmplitude: best.bar,
    recall: best.recall,
    precision: best.precision,
    f1: best.f1,
    bitsRead: best.bits,
    softBitsRead: null,
  }
  if (problem.classes.length > 1) return [relative]
  const fixed = (
    decoder: string,
    law: string,
    { bar, falsePositives, ...rates }: FixedBarReading,
  ): ReadBy => ({
    decoder,
    law,
    tau,
    visibleAmplitude: bar,
    ...rates,
    bitsRead: null,
    softBitsRead: null,
  })
  return [
    fixed('map-threshold', 'one step over Σa²', fixedBar(problem, d, reader.map().bar)),
    fixed('jump-relu, fixed bar', 'one step over Σa², best F1', bestFixedBar(problem, d)),
    relative,
  ]
}
