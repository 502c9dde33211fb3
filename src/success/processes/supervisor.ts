import type { ChildProcess } from 'node:child_process'
import { totalmem } from 'node:os'
import type { Readable } from 'node:stream'
import type { Violation } from '../trials/sampler.js'
import { output } from './output.js'
import { processClock } from './process-clock.js'
import { endGroup, groupEnded, groupStarted } from './process-group.js'

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

/** What stopped a process. */
export interface Stop {
  readonly stopped: Violation
}

/** Looks at the process in a time limit, and the longest between two. */
const LOOKS = 10
const LONGEST_LOOK_MS = 500
/** Most characters of a line: a list of as many indices as a dictionary may have codewords. */
const LONGEST_LINE = 2 ** 28
/** How long what a process wrote before its end is waited for, where something that it started keeps the pipe open. */
const DRAIN_MS = 100

/**
 * A child process with a group of its own that answers in lines, watched for hanging, ending and hoarding. What it
 * prints elsewhere goes to standard error.
 */
export class Supervisor<Line> {
  readonly #child: ChildProcess
  readonly #limits: Limits
  readonly #lines: Readable
  readonly #exit: Promise<Stop>
  readonly #said: ReturnType<typeof output>
  #death: Violation | undefined
  #ended: Stop | undefined
  #listener: (line: Line) => void = () => {}
  #onEnd: (stop: Stop) => void = () => {}

  /**
   * @param label what it is called where it prints
   * @param lines what it answers on
   * @param prints what it prints on
   * @param parse called with every line, whoever listens; undefined where it is for nobody
   * @param held whether what it prints waits for `passPrinted`
   */
  constructor(
    label: string,
    child: ChildProcess,
    lines: Readable,
    prints: readonly Readable[],
    limits: Limits,
    parse: (line: string) => Line | undefined,
    held = false,
  ) {
    this.#child = child
    this.#limits = limits
    this.#lines = lines
    this.#said = output(label, prints, held)
    if (child.pid !== undefined) groupStarted(child.pid)
    child.on('error', (error) => {
      this.#death ??= { kind: 'crash', message: `cannot be started: ${error.message}` }
    })
    // What is said after the end counts no more.
    onLines(lines, (text) => {
      const line = this.#death ? undefined : parse(text)
      if (line !== undefined) this.#listener(line)
    })
    const drained = new Promise((resolve) => lines.once('close', resolve))
    this.#exit = new Promise((resolve) => {
      child.once('exit', async (code, signal) => {
        if (child.pid !== undefined) endGroup(child.pid)
        await Promise.race([drained, new Promise((late) => setTimeout(late, DRAIN_MS))])
        this.#death ??= { kind: 'crash', message: this.#endText(code, signal) }
        resolve({ stopped: this.#death })
      })
      child.once('error', () => child.pid === undefined && resolve({ stopped: this.#death! }))
    })
    this.#exit.then((stop) => {
      this.#ended = stop
      this.#onEnd(stop)
    })
  }

  get alive(): boolean {
    return this.#death === undefined
  }

  /** The end of what it printed, other than its answers, since `forgetPrinted` was called last. */
  get printed(): string {
    return this.#said.tail()
  }

  /** From now on what it prints goes to standard error at once, and what it has printed. */
  passPrinted(): void {
    this.#said.pass()
  }

  forgetPrinted(): void {
    this.#said.forget()
  }

  /** Forget what it had printed when this was called before: an answer may come before what was printed earlier. */
  agePrinted(): void {
    this.#said.age()
  }

  /** End the process for this reason. */
  stop(reason: Violation): void {
    this.#death ??= reason
    if (this.#child.pid !== undefined) endGroup(this.#child.pid)
  }

  /**
   * Listen until a line is an end, the process ends, or it has had its time or memory. Rejects with what `end` throws.
   * @param limitMs what it may take for the next line, not counting what it waits for a core
   */
  listen<T>(limitMs: () => number, end: (line: Line) => T | undefined): Promise<T | Stop> {
    const interval = Math.min(limitMs() / LOOKS, LONGEST_LOOK_MS)
    const clock = processClock(this.#child.pid ?? 0, { longest: 2 * interval })
    return new Promise((resolve, reject) => {
      const timer = setInterval(() => this.#judge(clock.look(), limitMs()), interval)
      const leave = () => {
        clearInterval(timer)
        this.#listener = () => {}
        this.#onEnd = () => {}
      }
      const finish = (outcome: T | Stop) => {
        leave()
        resolve(outcome)
      }
      this.#listener = (line) => {
        clock.reset()
        try {
          const outcome = end(line)
          if (outcome !== undefined) finish(outcome)
        } catch (error) {
          leave()
          reject(error)
        }
      }
      this.#onEnd = finish
      if (this.#ended) finish(this.#ended)
    })
  }

  async end(): Promise<void> {
    this.stop({ kind: 'crash', message: 'was ended' })
    await this.#exit
    this.#said.close()
    this.#lines.destroy()
    if (this.#child.pid !== undefined) groupEnded(this.#child.pid)
  }

  #judge({ time, memory }: { time: number; memory: number }, limitMs: number): void {
    const seconds = (limitMs / 1000).toPrecision(3)
    if (time > limitMs) this.stop({ kind: 'hang', message: `did not answer within ${seconds} s` })
    else if (memory > this.#limits.memory) {
      const gib = (this.#limits.memory / 2 ** 30).toPrecision(3)
      this.stop({ kind: 'crash', message: `took more than ${gib} GiB of memory` })
    }
  }

  #endText(code: number | null, signal: string | null): string {
    if (this.#said.outOfHeap()) return `took more than ${this.#limits.heapMiB} MiB of JavaScript heap`
    return `ended its process ${signal ? `by ${signal}` : `with exit code ${code}`}`
  }
}

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
