import { type ChildProcess, spawn } from 'node:child_process'
import { InputError } from '../../io/input-error.js'
import type { Violation } from '../trials/sampler.js'
import {
  type AnswerLine,
  answerFrom,
  type DecodeRequest,
  type Encoded,
  encoded,
  GREETING,
  type Hello,
  helloFrom,
  messagesOf,
  repliesFrom,
  shown,
  strings,
} from './command-protocol.js'
import type { DecoderProcess, Late } from './decoder-process.js'
import { type CommandSource, commandText } from './decoder-source.js'
import { DictionaryFiles } from './dictionary-files.js'
import type { Reply, Request } from './host-protocol.js'
import { requireName } from './load-decoder.js'
import { RUN_MARK, runId } from './reaper.js'
import { type Limits, type Stop, Supervisor } from './supervisor.js'
import { cause, placeIn } from './traceback.js'

/** Set in a program's environment unless they are there. */
const environment = {
  // Each worker has one core, and threads that wait for each other cost more than they bring.
  OMP_NUM_THREADS: '1',
  OPENBLAS_NUM_THREADS: '1',
  MKL_NUM_THREADS: '1',
  VECLIB_MAXIMUM_THREADS: '1',
  NUMEXPR_NUM_THREADS: '1',
  PYTHONDONTWRITEBYTECODE: '1',
}
/** Tells a program's helper that its standard output is a channel of answers. */
const PROTOCOL_MARK = 'DIMS_PER_BIT_PROTOCOL'

/** A program that is not at work has this long to end by itself. */
const FAREWELL_MS = 500
/** The same where that is what is examined. */
const END_OF_INPUT_MS = 5000

/** Start a program that decodes. Rejects with InputError, one line, when it does not get ready. */
export async function commandProcess(source: CommandSource, limits: Limits): Promise<DecoderProcess> {
  const [program, ...words] = source.argv
  const child = spawn(program, words, {
    // A group of its own: Ctrl-C is the run's to handle, and what the decoder starts ends with it.
    detached: true,
    ...(source.folder !== undefined && { cwd: source.folder }),
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...environment, ...process.env, [RUN_MARK]: runId, [PROTOCOL_MARK]: '1' },
  })
  const running = new Command(child, limits)
  const first = await running.start(limits.startup)
  if ('name' in first) {
    requireName(first.name, commandText(source))
    return running.serving(first)
  }
  await running.close()
  if (process.env.DPB_DEBUG) running.passPrinted()
  throw new InputError(`${commandText(source)} ${running.whyNot(first, limits.startup)}`)
}

/**
 * Problems that a program which takes one at a time is sent before it has answered, so that it need not wait for this
 * process; two of them where their dictionaries take more bytes.
 */
const AHEAD = 32
const AHEAD_BYTES = 2 ** 22
/** Bytes that are written in one go. */
const TOGETHER = 2 ** 14

/** A message that waits for its answer, or to be written. */
interface Prepared extends Encoded {
  readonly id: number
}

type Line = Hello | AnswerLine | { readonly refusal: string }

class Command {
  readonly #child: ChildProcess
  readonly #supervisor: Supervisor<Line>
  readonly #files = new DictionaryFiles()
  readonly #modules: string[] = []
  readonly #exit: Promise<unknown>
  #error: NodeJS.ErrnoException | undefined
  #hello: Hello | undefined
  #late: Late[] = []
  #asked = 0
  #busy = false
  #sent = 0

  constructor(child: ChildProcess, limits: Limits) {
    this.#child = child
    this.#exit = new Promise((resolve) => {
      child.once('exit', resolve)
      child.once('error', (error) => {
        this.#error = error
        resolve(error)
      })
    })
    child.stdin!.on('error', () => {})
    const parse = (text: string) => this.#parsed(text)
    // Of one that does not get ready one line is said, and not a traceback.
    this.#supervisor = new Supervisor(child, child.stdout!, [child.stderr!], limits, parse, true)
  }

  start(limitMs: number): Promise<Hello | { readonly refusal: string } | Stop> {
    this.#child.stdin!.write(GREETING)
    return this.#supervisor.listen(limitMs, (line) => ('problem' in line ? undefined : line))
  }

  /** Why it did not get ready, in words that go on from the command. */
  whyNot(first: { readonly refusal: string } | Stop, limitMs: number): string {
    if ('refusal' in first) return first.refusal
    const { exitCode, signalCode, spawnfile } = this.#child
    if (this.#error) {
      const { code, message } = this.#error
      const reasons: Readonly<Record<string, string>> = {
        ENOENT: `there is no program '${spawnfile}'`,
        EACCES: `'${spawnfile}' is not executable`,
      }
      return `cannot be started: ${reasons[code ?? ''] ?? message}`
    }
    const { kind, message } = first.stopped
    if (kind === 'hang') {
      return `was not ready within ${limitMs / 1000} s; --startup-limit gives it more, in milliseconds`
    }
    if (exitCode === null && signalCode === null) return `${message} before it was ready`
    const how = signalCode ? `was ended by ${signalCode}` : `ended with code ${exitCode}`
    const why = cause(this.#supervisor.printed) ?? (exitCode === 0 ? 'it did not call serve()' : undefined)
    return `${how} before it was ready${why === undefined ? '' : `: ${why}`}`
  }

  serving(hello: Hello): DecoderProcess {
    const command = this
    this.#hello = hello
    this.#supervisor.passPrinted()
    this.#modules.push(...hello.modules)
    return {
      declared: hello,
      pid: command.#child.pid!,
      get alive() {
        return command.#supervisor.alive
      },
      get modules() {
        return command.#modules
      },
      get sent() {
        return command.#sent
      },
      ask: (requests, limitMs, onReply) => command.#ask(requests, limitMs, onReply),
      takeLate: () => command.#takeLate(),
      async endInput(mostMs) {
        const ended = await command.#endInput(Math.min(END_OF_INPUT_MS, mostMs))
        return ended || mostMs >= END_OF_INPUT_MS ? ended : undefined
      },
      close: () => command.close(),
    }
  }

  passPrinted(): void {
    this.#supervisor.passPrinted()
  }

  async close(): Promise<void> {
    if (!this.#busy && this.#supervisor.alive && this.#hello) await this.#endInput(FAREWELL_MS)
    await this.#supervisor.end()
    this.#child.stdin!.destroy()
    this.#files.close()
  }

  /** Whether it ends by itself once its input has. */
  async #endInput(limitMs: number): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), limitMs)
    })
    this.#child.stdin!.end()
    const ended = await Promise.race([this.#exit.then(() => true), late])
    clearTimeout(timer)
    this.#supervisor.stop({ kind: 'crash', message: 'ended with its input' })
    return ended
  }

  async #ask(
    requests: readonly Request[],
    limitMs: number,
    onReply: (reply: Reply) => void,
  ): Promise<Stop | undefined> {
    this.#sent += requests.length
    this.#busy = true
    // The only other request is of a guarantee, which no program gives.
    const messages = messagesOf(requests as readonly DecodeRequest[], this.#hello!.batch)
    const stop = await this.#askAll(messages, limitMs, onReply)
    this.#busy = false
    return stop && { stopped: this.#explained(stop.stopped) }
  }

  async #askAll(
    messages: readonly DecodeRequest[][],
    limitMs: number,
    onReply: (reply: Reply) => void,
  ): Promise<Stop | undefined> {
    for (let m = 0; m < messages.length; m++) {
      const stream = this.#stream(messages.slice(m), onReply)
      const most = Math.max(...messages.slice(m).map((message) => message.length))
      const ended = await this.#supervisor.listen(limitMs * most, stream.onLine)
      m += stream.answered
      if (typeof ended === 'object') return inBatch(ended, messages[m].length)
      if (ended === 'answered') return undefined
      // One by one, so that it is laid to the problem that caused it; each with its dictionary, since any problem
      // ends the others'.
      this.#files.releaseAll()
      const stop = await this.#askAll(
        messages[m].map((one) => [one]),
        limitMs,
        onReply,
      )
      if (stop) return stop
    }
    return undefined
  }

  /** Messages on their way, and what to do with each line that comes: it ends with all answered or a batch broken. */
  #stream(messages: readonly DecodeRequest[][], onReply: (reply: Reply) => void) {
    const { batch, sizeVaries } = this.#hello!
    const window = batch === 1 ? AHEAD : 1
    const prepared: Prepared[] = []
    let [answered, written, next] = [0, 0, 0]
    const wanted = () => {
      const bytes = prepared.reduce((sum, { size }) => sum + size, 0)
      return (
        next < messages.length && (prepared.length < 2 || (prepared.length < window && bytes < AHEAD_BYTES))
      )
    }
    const prepare = () => {
      while (wanted()) {
        prepared.push(this.#prepare(messages[next++]))
        write()
      }
    }
    const write = () => {
      while (written < Math.min(window, prepared.length)) this.#write(prepared[written++].bytes)
    }
    this.#supervisor.forgetPrinted()
    prepare()
    const onLine = (line: Line): 'answered' | 'broken' | undefined => {
      if (!('problem' in line) || line.problem !== prepared[0].id) {
        this.#supervisor.stop({ kind: 'crash', message: 'answered a problem that it was not asked' })
        return undefined
      }
      this.#supervisor.agePrinted()
      this.#modules.push(...strings(line.modules))
      prepared.shift()
      written--
      const message = messages[answered]
      const replies = repliesFrom(line, message, sizeVaries)
      if (!Array.isArray(replies) && message.length > 1) return 'broken'
      write()
      this.#files.release(new Set(prepared.flatMap(({ dictionaries }) => [...dictionaries])))
      if (Array.isArray(replies)) replies.forEach(onReply)
      else onReply({ kind: 'broken', violation: replies })
      answered++
      prepare()
      return answered === messages.length ? 'answered' : undefined
    }
    return {
      onLine,
      get answered() {
        return answered
      },
    }
  }

  /** Several in one go where they come at once, which costs far less; the first at once. */
  #write(bytes: Uint8Array): void {
    const stdin = this.#child.stdin!
    stdin.write(bytes)
    if (stdin.writableCorked === 0 || stdin.writableLength > TOGETHER) {
      stdin.uncork()
      stdin.cork()
      process.nextTick(() => stdin.uncork())
    }
  }

  #prepare(message: readonly DecodeRequest[]): Prepared {
    const id = this.#asked++
    return { id, ...encoded(id, message, this.#files) }
  }

  /** A line that is for whoever listens; any other ends the program. */
  #parsed(text: string): Line | undefined {
    if (!this.#hello) {
      const first = helloFrom(text)
      return typeof first === 'string' ? { refusal: first } : first
    }
    const line = answerFrom(text)
    if (line && this.#busy) return line
    const what = line ? 'an answer that nobody asked for' : shown(text)
    const message = `wrote ${what} on its standard output, which is for answers alone`
    if (!this.#busy) this.#late.push({ request: this.#sent - 1, message })
    this.#supervisor.stop({ kind: 'crash', message })
    return undefined
  }

  #takeLate(): Late[] {
    const late = this.#late
    this.#late = []
    return late
  }

  /** A violation with what the program said of it on standard error. */
  #explained(violation: Violation): Violation {
    if (!violation.message.startsWith('ended its process')) return violation
    const printed = this.#supervisor.printed
    const why = cause(printed)
    const message = violation.message + (why === undefined ? placeIn(printed) : `: ${why}`)
    return { ...violation, message }
  }
}

const inBatch = ({ stopped }: Stop, count: number): Stop =>
  count === 1
    ? { stopped }
    : { stopped: { ...stopped, message: `${stopped.message}, in a batch of ${count} problems` } }
