import type { Shape } from '../codes/trial.js'
import type { DecoderSource } from './decoder-source.js'
import type { Fault, Method } from './sampler.js'

/** What a worker is started with. */
export interface WorkerSetup {
  readonly source: DecoderSource
  readonly method: Method
  /** One Int32: the trial, within its chunk, that the worker is at; −1 before the first. */
  readonly position: SharedArrayBuffer
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

/** What a worker says. */
export type Report =
  | { readonly kind: 'ready'; readonly decoder: string }
  | { readonly kind: 'faults'; readonly faults: readonly Fault[] }
  | { readonly kind: 'done' }
  /** Not the decoder's fault: the call is wrong, or this package. */
  | { readonly kind: 'failed'; readonly name: string; readonly message: string }
