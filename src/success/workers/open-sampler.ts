import { availableParallelism } from 'node:os'
import { isPaper, type ModelDescription } from '../../codes/model/description.js'
import { modelOver, openDictionary } from '../../codes/model/open-model.js'
import type { OpenedDictionary } from '../../codes/model/opened-dictionary.js'
import { builtInDecoder } from '../../decoders/built-in.js'
import { requireInteger, requirePositive } from '../../io/arguments.js'
import { globFiles } from '../../io/glob.js'
import { InputError } from '../../io/input-error.js'
import { MOST_WORKERS } from '../../io/most-workers.js'
import { type DecoderProcess, decoderProcess } from '../processes/decoder-process.js'
import { type DecoderSource, decoderSource } from '../processes/decoder-source.js'
import type { Transform } from '../processes/host-protocol.js'
import { workedSeconds } from '../processes/process-state.js'
import { commandRevision, fileRevision, withFiles } from '../processes/revision.js'
import { usualLimits } from '../processes/supervisor.js'
import { trialProcess } from '../processes/trial-process.js'
import { threadsThatFit, timeLimit } from '../trials/limits.js'
import type { Method, Sampler, Ties } from '../trials/sampler.js'
import { TOGETHER } from '../trials/simulation-sampler.js'
import { builtInRevision } from './built-in-revision.js'
import { escalatingSampler } from './escalating-sampler.js'
import { localSampler } from './local-sampler.js'
import { readySampler } from './ready-sampler.js'
import { trialThread } from './trial-thread.js'
import { WorkQueue } from './work-queue.js'

/** Milliseconds that a trial may take, unless given. */
const USUAL_TIME = 10_000

/** How a decoder's trials are drawn, and what runs them. @since 0.1.0 */
export interface SamplerOptions {
  /** How trials are run. @defaultValue `'simulation'` */
  readonly method?: Method
  /** How trials are drawn. @defaultValue the paper's model */
  readonly model?: ModelDescription
  /** The dictionary of the model's file, where it has been read already. */
  readonly opened?: OpenedDictionary | undefined
  /** What becomes of ties; 'strict' by the conditional method alone. @defaultValue `'lowest-index'` */
  readonly ties?: Ties
  /**
   * Threads or processes to work in, at least 1. No value depends on it.
   *
   * @defaultValue as many as the machine runs at a time
   */
  readonly workers?: number
  /**
   * Milliseconds that any trial of a user's decoder may take; large problems get more on top.
   *
   * @defaultValue `10_000`
   */
  readonly timeLimit?: number
  /**
   * Milliseconds that loading a user's decoder may take, and its first answer beyond the time limit, up to 20 s.
   *
   * @defaultValue `60_000`
   */
  readonly startupLimit?: number
  /** Bytes that all dictionaries together may take. @defaultValue what is free */
  readonly memory?: number
  /** MiB of JavaScript heap a process; a decoder that takes more has crashed. @defaultValue `2048` */
  readonly heapMiB?: number
  /** Globs of files that a user's decoder reads by itself, such as modules and weights: its revision covers them. */
  readonly decoderFiles?: readonly string[]
  /** What is done to the decoder once it is loaded. */
  readonly transform?: Transform
  /**
   * The URL of a Redis or Valkey server, redis://host:6379 or rediss://user:password@host:6379: workers there run the
   * trials (`dpb worker`), with the same values.
   *
   * @defaultValue Threads or processes of this machine
   */
  readonly queue?: string
}

/**
 * The sampler of a built-in decoder, in worker threads, or of one in a file or a program, in processes of its own; or
 * of either by the workers at a queue. What a user's decoder does wrong, hanging and ending its process included, comes
 * back as violations. Rejects with InputError when it cannot be loaded. Close it after use.
 *
 * @since 0.1.0
 */
export async function openSampler(nameOrPath: string, options: SamplerOptions = {}): Promise<Sampler> {
  const { method = 'simulation', workers = availableParallelism() } = options
  requireInteger('the number of workers', workers, 1, MOST_WORKERS)
  for (const name of ['timeLimit', 'startupLimit', 'memory', 'heapMiB'] as const) {
    if (options[name] !== undefined) requirePositive(name, options[name])
  }
  if (options.ties === 'strict' && method !== 'conditional') {
    throw new InputError('strict ties can be told by the conditional method alone: --method conditional')
  }
  const source = decoderSource(nameOrPath)
  if (source.kind === 'built-in' && options.decoderFiles) {
    throw new InputError(
      `--decoder-files is of a decoder in a file or a program: leave it out for ${source.name}`,
    )
  }
  if (options.queue !== undefined) return openQueued(source, options.queue, options)
  if (source.kind !== 'built-in' || options.transform || method === 'simulation') {
    return openElsewhere(source, options)
  }
  const here = await hereSampler(source.name, method, options)
  return escalatingSampler(here, () => openElsewhere(source, options))
}

/** The sampler of a decoder in threads or processes of this machine: never in this thread. */
export async function openElsewhere(source: DecoderSource, options: SamplerOptions): Promise<Sampler> {
  const { method = 'simulation', workers = availableParallelism() } = options
  if (source.kind === 'built-in' && !options.transform) {
    return threadSampler(source.name, method, workers, {
      ...options,
      opened: await openDictionary(options.model, options.opened),
    })
  }
  requireSimulation(method)
  return (await processSampler(source, workers, options)).sampler
}

function requireSimulation(method: Method): void {
  if (method === 'simulation') return
  throw new InputError("a user's decoder has no conditional method; use --method simulation")
}

/** Run a step with samplers of these methods for one decoder, which are closed after it. */
export async function withSamplers<T>(
  nameOrPath: string,
  methods: Iterable<Method>,
  options: Omit<SamplerOptions, 'method'>,
  step: (samplers: Sampler[]) => Promise<T>,
): Promise<T> {
  const samplers: Sampler[] = []
  try {
    for (const method of new Set(methods)) {
      samplers.push(await openSampler(nameOrPath, { ...options, method }))
    }
    return await step(samplers)
  } finally {
    await Promise.all(samplers.map((sampler) => sampler.close()))
  }
}

/** The sampler of a built-in decoder in this thread. */
async function hereSampler(name: string, method: Method, options: SamplerOptions): Promise<Sampler> {
  const opened = await openDictionary(options.model, options.opened)
  return localSampler(name, kindOf(method, options), opened && modelOver(options.model!, opened))
}

/** What a sampler says of itself, of the options. */
const kindOf = (method: Method, { ties, model }: SamplerOptions) => ({
  method,
  ...(ties && { ties }),
  ...(model && !isPaper(model) && { model }),
})

const free = ({ memory = process.availableMemory() }: SamplerOptions): number => memory

function threadSampler(decoder: string, method: Method, workers: number, options: SamplerOptions): Sampler {
  const kind = kindOf(method, options)
  const { model, opened } = options
  const thread = () =>
    trialThread(decoder, kind, (shape, seed) => opened?.rows(model!.prepare, shape, seed).shared)
  const start = async () => thread()
  const queue = new WorkQueue(thread(), {
    workers,
    ...((opened || model?.trials) && { least: TOGETHER }),
    start,
    runnersFor: (shape) =>
      method === 'simulation' ? threadsThatFit(shape, workers, free(options)) : workers,
  })
  const sampler: Sampler = {
    decoder,
    traits: builtInDecoder(decoder)!,
    sizeVaries: builtInDecoder(decoder)!.sizeVaries,
    revision: () => builtInRevision(options.ties),
    ...kind,
    run: (...run) => queue.run(...run),
    close: () => queue.close(),
  }
  return readySampler(sampler, opened, model)
}

async function processSampler(source: DecoderSource, workers: number, options: SamplerOptions) {
  const { startupLimit, heapMiB, transform } = options
  const usual = usualLimits(workers)
  const limits = { ...usual, startup: startupLimit ?? usual.startup, heapMiB: heapMiB ?? usual.heapMiB }
  const limit = timeLimit(options.timeLimit ?? USUAL_TIME, limits.startup)
  const opened = await openDictionary(options.model, options.opened)
  const model = options.model && modelOver(options.model, opened)
  const files = (options.decoderFiles ?? []).flatMap(globFiles)
  const children: DecoderProcess[] = []
  const start = async () => {
    const child = await decoderProcess(source, limits, transform)
    children.push(child)
    return trialProcess(child, limit, model)
  }
  const first = await start()
  const [{ declared }] = children
  const queue = new WorkQueue(first, {
    workers,
    batch: declared.batch ?? 1,
    start,
    runnersFor: (shape) => threadsThatFit(shape, workers, free(options)),
  })
  const revisionOf = sourceRevision(source)
  const modules = () => children.flatMap((child) => child.modules)
  const sampler: Sampler = {
    decoder: first.decoder,
    sizeVaries: declared.sizeVaries,
    revision: withFiles(() => revisionOf(modules()), files),
    tells: true,
    workedSeconds: workedSeconds(() => children.map(({ pid }) => pid)),
    ...kindOf('simulation', options),
    run: (...run) => queue.run(...run),
    close: () => queue.close(),
  }
  return { sampler: readySampler(sampler, opened, options.model), modules, files }
}

function sourceRevision(source: DecoderSource): (modules: readonly string[]) => string {
  if (source.kind === 'built-in') return () => builtInRevision()
  return source.kind === 'file' ? fileRevision(source.path) : commandRevision(source)
}

/** The sampler of a decoder by the workers at a queue; of a user's decoder one process runs here. */
async function openQueued(source: DecoderSource, queue: string, options: SamplerOptions): Promise<Sampler> {
  const { method = 'simulation', transform, heapMiB } = options
  const { queuedSampler } = await import('../queue/queued-sampler.js')
  const limits = {
    time: options.timeLimit ?? USUAL_TIME,
    startup: options.startupLimit ?? usualLimits(1).startup,
  }
  const asked = {
    queue,
    version: builtInRevision(),
    limits: { ...limits, ...(heapMiB !== undefined && { heapMiB }) },
    mutant: transform?.argument,
  }
  if (source.kind === 'built-in' && !transform) {
    return queuedSampler(await hereSampler(source.name, method, options), asked)
  }
  requireSimulation(method)
  const { sampler, modules, files } = await processSampler(source, 1, options)
  if (source.kind === 'built-in') return queuedSampler(sampler, asked)
  const { packDecoder } = await import('../queue/bundle.js')
  return queuedSampler(sampler, { ...asked, pack: () => packDecoder(source, modules(), files) })
}
