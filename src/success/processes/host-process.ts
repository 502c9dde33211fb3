import { type ChildProcess, spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { InputError } from '../../io/input-error.js'
import type { DecoderProcess, Late } from './decoder-process.js'
import { type ScriptSource, sourceLabel } from './decoder-source.js'
import {
  type Declarations,
  type HostLine,
  LINES,
  type Reply,
  type Request,
  type Transform,
} from './host-protocol.js'
import { RUN_MARK, runId } from './reaper.js'
import { type Limits, type Stop, Supervisor } from './supervisor.js'

const HOST = fileURLToPath(new URL('./host.js', import.meta.url))

/**
 * Start a Node process with a JavaScript decoder. Rejects with InputError, one line, when the decoder cannot be
 * loaded.
 */
export async function hostProcess(
  source: ScriptSource,
  limits: Limits,
  transform?: Transform,
): Promise<DecoderProcess> {
  const options = [`--max-old-space-size=${limits.heapMiB}`, '--enable-source-maps']
  const child = spawn(process.execPath, [...options, HOST], {
    // A group of its own: Ctrl-C is the run's to handle, and what the decoder starts ends with it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc', 'pipe'],
    serialization: 'advanced',
    env: {
      ...process.env,
      [RUN_MARK]: runId,
      DIMS_PER_BIT_HOST: JSON.stringify({ source, ...(transform && { transform }) }),
    },
  })
  const host = new Host(sourceLabel(source), child, limits)
  const first = await host.start(limits.startup)
  if ('declared' in first) return host.serving(first.declared)
  await host.end()
  if ('message' in first) throw new InputError(first.message)
  const name = source.kind === 'file' ? source.path : source.name
  throw new InputError(`'${name}' cannot be loaded: it ${first.stopped.message}`)
}

class Host {
  readonly #child: ChildProcess
  readonly #supervisor: Supervisor<HostLine>
  readonly #modules: string[] = []
  #late: Late[] = []
  #sent = 0
  #answered = 0

  constructor(label: string, child: ChildProcess, limits: Limits) {
    this.#child = child
    const lines = child.stdio[LINES] as Readable
    const prints = [child.stdout!, child.stderr!]
    this.#supervisor = new Supervisor(label, child, lines, prints, limits, (text) => this.#parsed(text))
  }

  start(limitMs: number) {
    return this.#supervisor.listen(
      () => limitMs,
      (line) => (line.kind === 'ready' || line.kind === 'failed' ? line : undefined),
    )
  }

  serving(declared: Declarations): DecoderProcess {
    const host = this
    return {
      declared,
      pid: host.#child.pid!,
      get alive() {
        return host.#supervisor.alive
      },
      get modules() {
        return host.#modules
      },
      get sent() {
        return host.#sent
      },
      ask: (requests, limitMs, onReply) => host.#ask(requests, limitMs, onReply),
      takeLate() {
        const late = host.#late
        host.#late = []
        return late
      },
      close: () => host.end(),
    }
  }

  end(): Promise<void> {
    return this.#supervisor.end()
  }

  async #ask(
    requests: Iterable<Request>,
    limitMs: () => number,
    onReply: (reply: Reply) => void,
  ): Promise<Stop | undefined> {
    const batches = batchesOf(requests)
    for (let batch = batches.next().value; batch; ) {
      const asked = this.#askBatch(batch, limitMs, onReply)
      // The next ones are drawn while the decoder works.
      const next = batches.next().value
      const stop = await asked
      if (stop) return stop
      batch = next
    }
    return undefined
  }

  async #askBatch(
    batch: readonly Request[],
    limitMs: () => number,
    onReply: (reply: Reply) => void,
  ): Promise<Stop | undefined> {
    this.#sent += batch.length
    let left = batch.length
    this.#child.send(batch as object, () => {})
    const outcome = await this.#supervisor.listen(limitMs, (line) => {
      if (line.kind !== 'reply') return undefined
      this.#answered++
      onReply(line.reply)
      return --left === 0 ? ('all' as const) : undefined
    })
    return outcome === 'all' ? undefined : outcome
  }

  /** A line that is for whoever listens; what is not is taken in here. */
  #parsed(text: string): HostLine | undefined {
    const line = lineFrom(text)
    if (line === undefined) {
      this.#supervisor.stop({ kind: 'crash', message: 'wrote into the channel of its answers' })
    } else if (line.kind === 'modules') this.#modules.push(...line.paths)
    else if (line.kind === 'late') this.#takeLate(line)
    else return line
    return undefined
  }

  #takeLate({ request, message, detail }: Late): void {
    if (request < this.#answered) this.#late.push({ request, message, detail })
    else {
      const early = message.replace('after its answer', 'outside of what it awaits')
      this.#supervisor.stop({ kind: 'crash', message: early, detail })
    }
  }
}

/** Requests, and bytes of codes, that go to the process at a time. */
const BATCH_REQUESTS = 32
const BATCH_BYTES = 2 ** 20

function* batchesOf(requests: Iterable<Request>): Generator<readonly Request[], undefined> {
  let batch: Request[] = []
  let bytes = 0
  for (const request of requests) {
    const own = request.kind === 'decode' ? request.problem.code.byteLength : 0
    batch.push(request)
    bytes += own
    if (batch.length < BATCH_REQUESTS && bytes + own <= BATCH_BYTES) continue
    yield batch
    batch = []
    bytes = 0
  }
  if (batch.length > 0) yield batch
}

const KINDS: readonly unknown[] = ['ready', 'failed', 'reply', 'late', 'modules'] satisfies HostLine['kind'][]

function lineFrom(text: string): HostLine | undefined {
  try {
    const line = JSON.parse(text)
    return KINDS.includes(Object(line).kind) ? line : undefined
  } catch {
    return undefined
  }
}
