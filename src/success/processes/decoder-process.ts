import { commandProcess } from './command-process.js'
import type { DecoderSource } from './decoder-source.js'
import { hostProcess } from './host-process.js'
import type { Declarations, Reply, Request, Transform } from './host-protocol.js'
import type { Limits, Stop } from './supervisor.js'
import { transformedProcess } from './transformed-process.js'

/** Something that an answered decode did later. */
export interface Late {
  /** Which decode of this process, from 0. */
  readonly request: number
  readonly message: string
  /** The whole of what it said, where that is more. */
  readonly detail?: string | undefined
}

/** A process of its own that has loaded a decoder, watched for hanging, ending and hoarding. */
export interface DecoderProcess {
  readonly declared: Declarations
  readonly pid: number
  readonly alive: boolean
  /** Files of the user's that it has loaded so far. */
  readonly modules: readonly string[]
  /** Requests sent so far. */
  readonly sent: number
  /**
   * Put requests to it, which are asked for a few ahead of the replies. Resolves when all are answered, or with what
   * stopped it: the first request without a reply did.
   * @param limitMs what the process may take for the next reply, not counting what it waits for a core
   */
  ask(
    requests: Iterable<Request>,
    limitMs: () => number,
    onReply: (reply: Reply) => void,
  ): Promise<Stop | undefined>
  /** What decodes did after their answers, since the last call. */
  takeLate(): Late[]
  /**
   * End its input, and it with that: whether it did so by itself; undefined where `mostMs` were up before it had its
   * time. For programs alone.
   */
  endInput?(mostMs: number): Promise<boolean | undefined>
  close(): Promise<void>
}

/** Start a decoder's process. Rejects with InputError, one line, when the decoder cannot be loaded. */
export async function decoderProcess(
  source: DecoderSource,
  limits: Limits,
  transform?: Transform,
): Promise<DecoderProcess> {
  if (source.kind !== 'command') return hostProcess(source, limits, transform)
  const process = await commandProcess(source, limits)
  return transform ? transformedProcess(process, transform) : process
}
