import type { ModelDescription } from '../../codes/model/description.js'
import type { SharedPreparation } from '../../codes/model/prepared-rows.js'
import type { ContractViolation, Method, Ties } from '../trials/sampler.js'
import type { Chunk } from '../trials/trial-runner.js'

/** What a thread that runs trials of a built-in decoder is started with. */
export interface WorkerSetup {
  readonly decoder: string
  readonly method: Method
  readonly ties?: Ties | undefined
  readonly model?: ModelDescription | undefined
}

/** A chunk, and where its values go: one Float64 a trial, and three more where recovery is counted. */
export interface WorkerTask extends Chunk {
  /** The dictionary of a file, where it is another than that of the task before. */
  readonly given?: SharedPreparation | undefined
  readonly values: SharedArrayBuffer
}

/** What the thread says. */
export type WorkerReply =
  | { readonly kind: 'failed'; readonly name: string; readonly message: string }
  | { readonly kind: 'faults'; readonly faults: readonly ContractViolation[] }
  | { readonly kind: 'done' }
