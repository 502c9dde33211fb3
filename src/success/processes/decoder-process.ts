import { type ChildProcess, spawn } from 'node:child_process'
import { totalmem } from 'node:os'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { InputError } from '../../io/input-error.js'
import type { Violation } from '../trials/sampler.js'
import type { DecoderSource } from './decoder-source.js'
import {
  type Declarations,
  type HostLine,
  LINES,
  type Reply,
  type Request,
  type Transform,
} from './host-protocol.js'
import { output } from './output.js'
import { processClock } from './process-clock.js'
import { endGroup, groupEnded, groupStarted } from './process-group.js'
import { RUN_MARK, runId } from './reaper.js'

/** What a decoder's processes may take. */
export interface Limits {
  /** Milliseconds that loading may take, and the first answer. */
  readonly startup: number
  /** MiB of JavaScript heap. */
  readonly heapMiB: number
  /** Bytes of memory in all. */
  readonly memory: number
}

/** The limits unless given: all processes together leave a fifth of the machine's memory. */
export const usualLimits = (workers: number): Limits => ({
  startup: 60_000,
  heapMiB: 2048,
  memory: Math.max(2 ** 29, (0.8 * (process.constrainedMemory() || totalmem())) / workers),
})

/** What stopped a process, and something that an answered decode did later. */
export interface Stop {
  readonly stopped: Violation
}

export interface Late {
  /** Which decode of this process, from 0. */
  readonly request: number
  readonly message: string
}

/** A process of its own that has loaded a decoder, watched for hanging, ending and hoarding. */
export interface DecoderProcess {
  readonly declared: Declarations
  readonly alive: boolean
  /** Files of the user's that it has loaded so far. */
  readonly modules: readonly string[]
  /** Requests sent so far. */
  readonly sent: number
  /**
   * Put requests to it. Resolves when all are answered, or with what stopped it: the first request without a reply did.
   * @param limitMs what the process may take for one reply, not counting what it waits for a core
   */
  ask(
    requests: readonly Request[],
    limitMs: number,
    onReply: (reply: Reply) => void,
  ): Promise<Stop | undefined>
  /** What decodes did after their answers, since the last call. */
  takeLate(): Late[]
  close(): Promise<void>
}

const HOST = fileURLToPath(new URL('./host.js', import.meta.url))
/** Looks at the process in a time limit, and the longest between two. */
const LOOKS = 10
const LONGEST_LOOK_MS = 500

/** Start a decoder's process. Rejects with InputError, one line, when the decoder cannot be loaded. */
export async function decoderProcess(
  source: DecoderSource,
  limits: Limits,
  transform?: Transform,
): Promise<DecoderProcess> {
  const child = spawn(
    process.execPath,
    [`--max-old-space-size=${limits.heapMiB}`, '--enable-source-maps', HOST],
    {
      // A group of its own: Ctrl-C is the run's to handle, and what the decoder starts ends with it.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc', 'pipe'],
      serialization: 'advanced',
      env: {
        ...process.env,
        [RUN_MARK]: runId,
        DIMS_PER_BIT_HOST: JSON.stringify({ source, ...(transform && { transform }) }),
      },
    },
  )
  const watched = new Watched(child, limits)
  const first = await watched.listen(limits.startup, (line) =>
    line.kind === 'ready' || line.kind === 'failed' ? line : undefined,
  )
  if ('declared' in first) return watched.process(first.declared)
  await watched.end()
  if ('message' in first) throw new InputError(first.message)
  const name = source.kind === 'file' ? source.path : source.name
  throw new InputError(`'${name}' cannot be loaded: it ${first.stopped.message}`)
}

/** Most characters of a line: a list of as many indices as a dictionary may have codewords. */
const LONGEST_LINE = 2 ** 28

/** Calls back with every line; with an empty one where a line is too long to be any of ours. */
function onLines(stream: Readable, onLine: (line: string) => void): void {
  let rest = ''
  stream.setEncoding('utf8')
  stream.on('error', () => {})
  stream.on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop()!
    lines.forEach(onLine)
    if (rest.length > LONGEST_LINE) {
      rest = ''
      onLine('')
    }
  })
}

type Listener = (line: HostLine) => void

/** A child process, its lines, and what ended it. */
class Watched {
  readonly #child: ChildProcess
  readonly #limits: Limits
  readonly #modules: string[] = []
  readonly #exit: Promise<Stop>
  readonly #said: ReturnType<typeof output>
  #late: Late[] = []
  #death: Violation | undefined
  #ended: Stop | undefined
  #listener: Listener = () => {}
  #onEnd: (stop: Stop) => void = () => {}
  #sent = 0
  #answered = 0

  constructor(child: ChildProcess, limits: Limits) {
    this.#child = child
    this.#limits = limits
    this.#said = output([child.stdout!, child.stderr!])
    if (child.pid !== undefined) groupStarted(child.pid)
    child.on('error', (error) => {
      this.#death ??= { kind: 'crash', message: `cannot be started: ${error.message}` }
    })
    const lines = child.stdio[LINES] as Readable
    onLines(lines, (line) => this.#hear(line))
    const drained = new Promise((resolve) => lines.once('close', resolve))
    this.#exit = new Promise((resolve) => {
      child.once('exit', async (code, signal) => {
        if (child.pid !== undefined) endGroup(child.pid)
        // What it wrote before is read first, unless something that it started keeps the pipe open.
        await Promise.race([drained, new Promise((late) => setTimeout(late, 100))])
        this.#death ??= this.#said.outOfHeap()
          ? { kind: 'crash', message: `took more than ${limits.heapMiB} MiB of JavaScript heap` }
          : {
              kind: 'crash',
              message: `ended its process ${signal ? `by ${signal}` : `with exit code ${code}`}`,
            }
        resolve({ stopped: this.#death })
      })
      child.once('error', () => child.pid === undefined && resolve({ stopped: this.#death! }))
    })
    this.#exit.then((stop) => {
      this.#ended = stop
      this.#onEnd(stop)
    })
  }

  #hear(text: string): void {
    let line: HostLine
    try {
      line = JSON.parse(text)
    } catch {
      this.stop({ kind: 'crash', message: 'wrote into the channel of its answers' })
      return
    }
    if (line.kind === 'modules') this.#modules.push(...line.paths)
    else if (line.kind === 'late' && line.request >= this.#answered) {
      this.stop({
        kind: 'crash',
        message: line.message.replace('after its answer', 'outside of what it awaits'),
      })
    } else if (line.kind === 'late') this.#late.push({ request: line.request, message: line.message })
    else this.#listener(line)
  }

  /** End the process for this reason. */
  stop(reason: Violation): void {
    this.#death ??= reason
    if (this.#child.pid !== undefined) endGroup(this.#child.pid)
  }

  /** Listen until a line is an end, the process ends, or it has had its time or memory. */
  listen<T>(limitMs: number, end: (line: HostLine) => T | undefined): Promise<T | Stop> {
    const interval = Math.min(limitMs / LOOKS, LONGEST_LOOK_MS)
    const clock = processClock(this.#child.pid ?? 0, { longest: 2 * interval })
    return new Promise((resolve) => {
      const timer = setInterval(() => {
        const { time, memory } = clock.look()
        const seconds = (limitMs / 1000).toPrecision(3)
        if (time > limitMs) this.stop({ kind: 'hang', message: `did not answer within ${seconds} s` })
        else if (memory > this.#limits.memory) {
          const gib = (this.#limits.memory / 2 ** 30).toPrecision(3)
          this.stop({ kind: 'crash', message: `took more than ${gib} GiB of memory` })
        }
      }, interval)
      const finish = (outcome: T | Stop) => {
        clearInterval(timer)
        this.#listener = () => {}
        this.#onEnd = () => {}
        resolve(outcome)
      }
      this.#listener = (line) => {
        clock.reset()
        const outcome = end(line)
        if (outcome !== undefined) finish(outcome)
      }
      this.#onEnd = finish
      if (this.#ended) finish(this.#ended)
    })
  }

  process(declared: Declarations): DecoderProcess {
    const watched = this
    return {
      declared,
      get alive() {
        return watched.#death === undefined
      },
      get modules() {
        return watched.#modules
      },
      get sent() {
        return watched.#sent
      },
      ask: (requests, limitMs, onReply) => watched.#ask(requests, limitMs, onReply),
      takeLate() {
        const late = watched.#late
        watched.#late = []
        return late
      },
      close: () => watched.end(),
    }
  }

  async #ask(
    requests: readonly Request[],
    limitMs: number,
    onReply: (reply: Reply) => void,
  ): Promise<Stop | undefined> {
    if (requests.length === 0) return undefined
    this.#sent += requests.length
    let left = requests.length
    this.#child.send(requests as object, () => {})
    const outcome = await this.listen(limitMs, (line) => {
      if (line.kind !== 'reply') return undefined
      this.#answered++
      onReply(line.reply)
      return --left === 0 ? ('all' as const) : undefined
    })
    return outcome === 'all' ? undefined : outcome
  }

  async end(): Promise<void> {
    this.stop({ kind: 'crash', message: 'was ended' })
    await this.#exit
    this.#said.close()
    if (this.#child.pid !== undefined) groupEnded(this.#child.pid)
  }
}
