import { Worker } from 'node:worker_threads'
import { InputError } from '../../io/input-error.js'
import type { Violation } from '../trials/sampler.js'
import type { DecoderSource } from './decoder-source.js'
import { firstLine } from './load-decoder.js'
import type { Failed, Ready, ThreadSetup } from './worker-messages.js'

/** A worker thread with a decoder loaded, watched for hanging and ending. */
export interface DecoderThread<Reply> {
  /** The decoder's name. */
  readonly decoder: string
  readonly alive: boolean
  /** What the worker is at: it counts up or down as the worker gets on. */
  readonly position: Int32Array
  /**
   * Send a task and listen until `end` makes something of a reply, or the thread is stopped: because it ended, or because its position
   * stood still for longer than the limit. Rejects with what the worker reports as failed.
   */
  ask<T extends object>(
    task: unknown,
    limitMs: number,
    end: (reply: Reply) => T | undefined,
  ): Promise<T | Stop>
  close(): Promise<void>
}

/** What stopped a thread. */
export interface Stop {
  readonly stopped: Violation
}

/** Most that a decoder's file may take to load. */
const LOAD_LIMIT_MS = 60_000

/** A time limit is so many looks at the thread's position. */
const TICKS = 20
const LONGEST_TICK_MS = 2 ** 31 - 1
/** An idle thread that is told to end has this long to do so by itself. */
const FAREWELL_MS = 200

/**
 * Start a thread on this script, which loads the decoder and says that it is ready. The script is given `setup`, the source and the
 * position; a task of null tells it to end. Rejects with InputError when the decoder cannot be loaded.
 */
export async function decoderThread<Reply extends { readonly kind: string }>(
  script: URL,
  source: DecoderSource,
  setup: object,
  heapMiB: number,
): Promise<DecoderThread<Reply>> {
  const shared = new SharedArrayBuffer(4)
  const position = new Int32Array(shared)
  const workerData: ThreadSetup = { ...setup, source, position: shared }
  const worker = new Worker(script, {
    workerData,
    stdout: true,
    resourceLimits: { maxOldGenerationSizeMb: heapMiB },
  })
  // What a decoder prints must not get into this process's standard output.
  worker.stdout.on('data', (text) => process.stderr.write(text))
  let running = false
  let death: Violation | undefined
  worker.on('error', (error) => {
    death ??= { kind: 'crash', message: `ended its thread: ${firstLine(error)}` }
  })
  const exit = new Promise<Stop>((resolve) => {
    worker.once('exit', (code) => {
      death ??= { kind: 'crash', message: `ended its thread with exit code ${code}` }
      resolve({ stopped: death })
    })
  })

  /** Listen until a reply is an end, the thread dies, or its position stands still for too long. */
  const listen = <T>(
    limitMs: number,
    end: (reply: Reply | Ready | Failed) => T | undefined,
  ): Promise<T | Stop> =>
    new Promise((resolve) => {
      let last = Atomics.load(position, 0)
      let still = 0
      // Ticks are counted, not time: this thread may have been busy or the machine asleep.
      const timer = setInterval(
        () => {
          const now = Atomics.load(position, 0)
          still = now === last ? still + 1 : 0
          last = now
          if (still <= TICKS) return
          death ??= { kind: 'hang', message: `did not answer within ${(limitMs / 1000).toPrecision(3)} s` }
          worker.terminate()
        },
        Math.min(limitMs / TICKS, LONGEST_TICK_MS),
      )
      const finish = (outcome: T | Stop) => {
        clearInterval(timer)
        worker.off('message', onReply)
        worker.unref()
        resolve(outcome)
      }
      const onReply = (reply: Reply | Ready | Failed) => {
        const outcome = end(reply)
        if (outcome !== undefined) finish(outcome)
      }
      worker.ref()
      worker.on('message', onReply)
      exit.then(finish)
    })

  const first = await listen(LOAD_LIMIT_MS, (reply) =>
    reply.kind === 'ready' || reply.kind === 'failed' ? (reply as Ready | Failed) : undefined,
  )
  if ('stopped' in first || first.kind === 'failed') {
    worker.terminate()
    if ('kind' in first) throw asError(first)
    const name = source.kind === 'file' ? source.path : source.name
    throw new InputError(`'${name}' cannot be loaded: it ${first.stopped.message}`)
  }

  return {
    decoder: first.decoder,
    position,
    get alive() {
      return death === undefined
    },
    async ask(task, limitMs, end) {
      running = true
      worker.postMessage(task)
      const outcome = await listen(limitMs, (reply) =>
        reply.kind === 'failed' ? { failed: reply as Failed } : end(reply as Reply),
      )
      running = false
      if ('failed' in outcome) throw asError(outcome.failed as Failed)
      return outcome
    },
    async close() {
      worker.postMessage(null)
      const timer = setTimeout(() => worker.terminate(), running ? 0 : FAREWELL_MS)
      await exit
      clearTimeout(timer)
    },
  }
}

/** An error that was thrown in another thread. */
function asError({ name, message }: Failed): Error {
  if (name === 'InputError') return new InputError(message)
  return name === 'RangeError' ? new RangeError(message) : new Error(message)
}
