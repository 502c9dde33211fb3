import { type Command, Option } from 'commander'
import { InputError } from '../io/input-error.js'
import { queueAddress } from '../success/queue/address.js'

export interface QueueOption {
  readonly queue?: string
  readonly workers?: number
}

/** A URL that is one of a queue. Throws InputError, which does not repeat it: it may hold a password. */
export const parseQueue = (url: string): string => {
  queueAddress(url)
  return url
}

/** Where the password is in no list of processes. */
const VARIABLE = 'DPB_QUEUE'

export const queueOption = (what: string): Option =>
  new Option('--queue <url>', what).env(VARIABLE).argParser(parseQueue)

export const withQueueOption = (command: Command): Command =>
  command.addOption(
    queueOption(
      'have the trials run by workers at this Redis server, redis://host:6379; no result depends on it',
    ),
  )

/** The queue of a command, where it has one. Throws InputError where it also counts threads of this machine. */
export function queueOf({ queue, workers }: QueueOption): { readonly queue?: string } {
  if (queue === undefined) return {}
  if (workers === undefined) return { queue }
  throw new InputError(
    `--workers counts threads of this machine, and the trials are run at --queue (or ${VARIABLE})`,
  )
}
