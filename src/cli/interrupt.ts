import { existsSync } from 'node:fs'
import { errorLine } from '../io/text/terminal.js'

/** Exit code of a run that was stopped by Ctrl-C. */
const INTERRUPTED = 130
/** What a stopped run may take to end by itself, in milliseconds. */
const GRACE_MS = 3000

/** What is kept of a stopped run, and how to go on: by its record where it has one or could. */
export interface Kept {
  readonly record?: string | undefined
  /** Whether the command takes a record. */
  readonly records: boolean
  readonly besides?: Finished
}

/** What a command has written of a run that is stopped. */
export interface Finished {
  /** Any of these files; where none is there, nothing is said of them. */
  readonly paths: readonly string[]
  /** The end of a sentence. */
  readonly text: string
}

/**
 * Run a step that Ctrl-C stops through its signal: what it recorded stays, which is said, and the exit code is 130. A
 * step that does not hear it, as one that waits for a server or for a decoder to load, is ended after a while; a second
 * Ctrl-C ends the process at once.
 */
export async function interruptible(step: (signal: AbortSignal) => Promise<void>, kept: Kept): Promise<void> {
  const controller = new AbortController()
  const { signal } = controller
  let grace: NodeJS.Timeout | undefined
  const end = () => {
    process.stderr.write(errorLine(stopped(kept)))
    process.exit(INTERRUPTED)
  }
  const stop = () => {
    if (signal.aborted) process.exit(INTERRUPTED)
    grace = setTimeout(end, GRACE_MS)
    controller.abort()
  }
  process.on('SIGINT', stop)
  try {
    await step(signal)
  } catch (error) {
    // Node's own timers reject with an error that has the reason as its cause.
    if (!signal.aborted || ![error, (error as Error)?.cause].includes(signal.reason)) throw error
    end()
  } finally {
    clearTimeout(grace)
    process.off('SIGINT', stop)
  }
}

/**
 * Run a step that Ctrl-C ends at once; the exit code is 130.
 * @param otherwise how to go on where nothing is finished, as the end of a sentence
 */
export async function endable(
  step: () => Promise<void>,
  otherwise: string,
  finished?: Finished,
): Promise<void> {
  const stop = () => {
    process.stderr.write(errorLine(`stopped; ${textOf(finished) ?? otherwise}`))
    process.exit(INTERRUPTED)
  }
  process.once('SIGINT', stop)
  try {
    await step()
  } finally {
    process.off('SIGINT', stop)
  }
}

const textOf = (finished: Finished | undefined): string | undefined =>
  finished?.paths.some((path) => existsSync(path)) ? finished.text : undefined

function stopped({ record, records, besides }: Kept): string {
  if (record !== undefined && !existsSync(record))
    return 'stopped before a trial was finished: nothing is kept'
  if (record !== undefined)
    return `stopped; finished trials are kept in '${record}': the same call goes on from them`
  const finished = textOf(besides)
  if (finished !== undefined) return `stopped; ${finished}`
  return records
    ? 'stopped; nothing is kept: with --record FILE the same call would go on from there'
    : 'stopped; nothing is kept, and nothing was written'
}
