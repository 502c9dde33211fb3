import type { Shape } from '../../codes/trial.js'
import type { ContractViolation, Method } from '../trials/sampler.js'
import type { DecoderSource } from './decoder-source.js'

/** What any thread with a decoder is started with. */
export interface ThreadSetup {
  readonly source: DecoderSource
  /** One Int32: what the worker is at. A worker whose position stands still for too long hangs. */
  readonly position: SharedArrayBuffer
}

/** What it says once its decoder is loaded. */
export interface Ready {
  readonly kind: 'ready'
  readonly decoder: string
}

/** Not the decoder's fault: the call is wrong, or this package. */
export interface Failed {
  readonly kind: 'failed'
  readonly name: string
  readonly message: string
}

/** What a worker that runs trials is started with; its position is the trial within its chunk, −1 before the first. */
export interface WorkerSetup extends ThreadSetup {
  readonly method: Method
}

/** Trials that a worker is to run. */
export interface Chunk {
  readonly shape: Shape
  readonly seed: string
  readonly from: number
  readonly trials: number
}

/** A chunk, and where its values go: one Float64 a trial. */
export interface WorkerTask extends Chunk {
  readonly values: SharedArrayBuffer
}

/** What a worker that runs trials says. */
export type WorkerReply =
  | Ready
  | Failed
  | { readonly kind: 'faults'; readonly faults: readonly ContractViolation[] }
  | { readonly kind: 'done' }
