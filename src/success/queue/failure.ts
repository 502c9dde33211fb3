import { InputError } from '../../io/input-error.js'
import type { ChunkJob } from './chunk-job.js'

/** Workers that may end at one job before it is given up. */
export const MOST_DEATHS = 20

const REFUSED = 'refused'
const ELSEWHERE = 'elsewhere'
/** What BullMQ says of a job at which more than so many workers ended. */
const STALLED = /stalled more than allowable/

/** Why a worker did not do a job. */
export interface Failure {
  readonly error: Error
  /** Whether any other worker would fail at it too. */
  readonly final: boolean
  /** Whether it is that worker's alone, which takes no more such jobs: it says nothing of the job. */
  readonly elsewhere?: boolean
}

/** How a worker says that it does not take a job for one of a run. */
export const refusalText = (why: string): string => `${REFUSED}: ${why}`
export const isRefusal = (reason: string): boolean => reason.startsWith(`${REFUSED}: `)

/** How a worker says that a job is for others, as it no longer has what it takes. */
export const elsewhereText = (why: string): string => `${ELSEWHERE}: ${why}`
export const isElsewhere = (reason: string): boolean => reason.startsWith(`${ELSEWHERE}: `)

/** How a worker says that it could not do a job: what kind of error, and its line. */
export const failureText = (error: unknown, line: string): string => {
  const { name } = Object(error)
  return `${name === 'InputError' || name === 'RangeError' ? name : 'Error'}: ${line}`
}

/** What a worker's text means to the run that waits for the job. */
export function failureOf(reason: string, { series, from, trials }: ChunkJob): Failure {
  const [, name, message] = /^(\w+): (.*)$/s.exec(reason) ?? []
  if (name === 'InputError') return { error: new InputError(message), final: true }
  // Another worker may have more memory.
  if (name === 'RangeError') return { error: new RangeError(`a worker says: ${message}`), final: false }
  if (name === ELSEWHERE) return { error: new InputError(message), final: false, elsewhere: true }
  if (name === REFUSED) return { error: new InputError(`a worker refuses a job: ${message}`), final: false }
  const what = `trials ${from} to ${from + trials - 1} of ${series.decoder}`
  if (STALLED.test(reason)) {
    return { error: new InputError(`${MOST_DEATHS} workers ended in turn as they ran ${what}`), final: true }
  }
  return { error: new Error(`a worker could not run ${what}: ${message ?? reason}`), final: false }
}
