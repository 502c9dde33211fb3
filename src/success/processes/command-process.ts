import { type ChildProcess, spawn } from 'node:child_process'
import { InputError } from '../../io/input-error.js'
import type { Violation } from '../trials/sampler.js'
import { CommandInput, type MessageStream } from './command-input.js'
import {
  type AnswerLine,
  answerFrom,
  type DecodeRequest,
  excerpt,
  GREETING,
  type Hello,
  helloFrom,
  messagesOf,
  repliesFrom,
  strings,
} from './command-protocol.js'
import type { DecoderProcess, Late } from './decoder-process.js'
import { type CommandSource, commandText, sourceLabel } from './decoder-source.js'
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
  const running = new Command(sourceLabel(source), child, limits)
  const first = await running.start(limits.startup)
  if ('name' in first) {
    requireName(first.name, commandText(source))
    return running.serving(first)
  }
  await running.close()
  if (process.env.DPB_DEBUG) running.passPrinted()
  throw new InputError(`${commandText(source)} ${running.whyNot(first, limits.startup)}`)
}

type Line = Hello | AnswerLine | { readonly refusal: string }

class Command {
  readonly #child: ChildProcess
  readonly #supervisor: Supervisor<Line>
  readonly #input: CommandInput
  readonly #modules: string[] = []
  readonly #exit: Promise<unknown>
  #error: NodeJS.ErrnoException | undefined
  #hello: Hello | undefined
  #late: Late[] = []
  #busy = false
  #sent = 0

  constructor(label: string, child: ChildProcess, limits: Limits) {
    this.#child = child
    this.#exit = new Promise((resolve) => {
      child.once('exit', resolve)
      child.once('error', (error) => {
        this.#error = error
        resolve(error)
      })
    })
    this.#input = new CommandInput(child.stdin!)
    const parse = (text: string) => this.#parsed(text)
    // Of one that does not get ready one line is said, and not a traceback.
    this.#supervisor = new Supervisor(label, child, child.stdout!, [child.stderr!], limits, parse, true)
  }

  start(limitMs: number): Promise<Hello | { readonly refusal: string } | Stop> {
    this.#child.stdin!.write(GREETING)
    return this.#supervisor.listen(
      () => limitMs,
      (line) => ('problem' in line ? undefined : line),
    )
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
    this.#input.close()
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
    requests: Iterable<Request>,
    limitMs: () => number,
    onReply: (reply: Reply) => void,
  ): Promise<Stop | undefined> {
    this.#busy = true
    // The only other request is of a guarantee, which no program gives.
    const counted = this.#counted(requests as Iterable<DecodeRequest>)
    const stop = await this.#askAll(messagesOf(counted, this.#hello!.batch), limitMs, onReply)
    this.#busy = false
    return stop && { stopped: this.#explained(stop.stopped) }
  }

  *#counted(requests: Iterable<DecodeRequest>): Generator<DecodeRequest> {
    for (const request of requests) {
      this.#sent++
      yield request
    }
  }

  async #askAll(
    messages: Iterator<DecodeRequest[]>,
    limitMs: () => number,
    onReply: (reply: Reply) => void,
  ): Promise<Stop | undefined> {
    this.#supervisor.forgetPrinted()
    const stream = this.#input.stream(messages, this.#hello!)
    if (stream.done) return undefined
    const limit = () => limitMs() * stream.asked.length
    const ended = await this.#supervisor.listen(limit, (line) => this.#heard(line, stream, onReply))
    if (typeof ended === 'object') return inBatch(ended, stream.asked.length)
    if (ended === 'answered') return undefined
    // One by one, so that it is laid to the problem that caused it; each with its dictionary, since any problem
    // ends the others'.
    const [broken, ...ahead] = stream.unanswered
    const singly = broken.map((one) => [one]).values()
    this.#input.forgetDictionaries()
    const stop = await this.#askAll(singly, limitMs, onReply)
    return stop ?? this.#askAll(chained(ahead, messages), limitMs, onReply)
  }

  /** One line of those that answer a stream of messages: it ends with all answered, or with a batch broken. */
  #heard(
    line: Line,
    stream: MessageStream,
    onReply: (reply: Reply) => void,
  ): 'answered' | 'broken' | undefined {
    if (!('problem' in line) || line.problem !== stream.id) {
      this.#supervisor.stop({ kind: 'crash', message: 'answered a problem that it was not asked' })
      return undefined
    }
    this.#supervisor.agePrinted()
    this.#modules.push(...strings(line.modules))
    const replies = repliesFrom(line, stream.asked, this.#hello!.sizeVaries)
    if (!Array.isArray(replies) && stream.asked.length > 1) return 'broken'
    stream.goOn()
    if (Array.isArray(replies)) replies.forEach(onReply)
    else onReply({ kind: 'broken', violation: replies })
    return stream.done ? 'answered' : undefined
  }

  /** A line that is for whoever listens; any other ends the program. */
  #parsed(text: string): Line | undefined {
    if (!this.#hello) {
      const first = helloFrom(text)
      return typeof first === 'string' ? { refusal: first } : first
    }
    const line = answerFrom(text)
    if (line && this.#busy) return line
    const what = line ? 'an answer that nobody asked for' : excerpt(text)
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

function* chained<T>(first: readonly T[], rest: Iterator<T>): Generator<T> {
  yield* first
  for (let next = rest.next(); !next.done; next = rest.next()) yield next.value
}

const inBatch = ({ stopped }: Stop, count: number): Stop =>
  count === 1
    ? { stopped }
    : { stopped: { ...stopped, message: `${stopped.message}, in a batch of ${count} problems` } }
