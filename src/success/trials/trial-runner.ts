import type { Shape } from '../../codes/model.js'
import type { RecoveryCounts } from './recovery.js'
import type { ContractViolation, Violation } from './sampler.js'
import type { Told } from './told.js'

/** Trials from, …, from + trials − 1 of a run. */
export interface Chunk {
  readonly shape: Shape
  readonly seed: string
  readonly from: number
  readonly trials: number
  /** Whether to count what answers recover. */
  readonly counts?: boolean | undefined
  /** Whether to tell what answers say beside their lists. */
  readonly tells?: boolean | undefined
}

/** How a chunk ended: values and violations of its first trials, and what stopped it if they are not all of them. */
export interface ChunkEnd {
  readonly values: Float64Array
  /** Of as many trials, where they were asked for. */
  readonly counts?: RecoveryCounts
  /** Where it was asked for: what answers say beside their lists, by trial. */
  readonly told?: ReadonlyMap<number, Told>
  /** Also of trials of earlier chunks, where what they did shows late. */
  readonly faults: ContractViolation[]
  /** What the trial after the last of the values did to the runner. */
  readonly stopped?: Violation
}

/** Runs trials of one decoder, one chunk at a time: a worker thread, or a process. */
export interface TrialRunner {
  readonly decoder: string
  readonly alive: boolean
  run(chunk: Chunk): Promise<ChunkEnd>
  close(): Promise<void>
}
