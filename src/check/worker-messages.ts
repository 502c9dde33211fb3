import type { Instance } from '../arbitraries/instance.js'
import type { Failed, Ready } from '../success/workers/worker-messages.js'
import type { Outcome } from './examiner.js'

/** What the worker is to examine. Its position counts decodes. */
export interface ExamineTask {
  readonly property: string
  readonly instance: Instance
  readonly seed: string
}

export type ExamineReply = Ready | Failed | { readonly kind: 'examined'; readonly outcome: Outcome }
