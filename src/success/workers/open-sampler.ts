import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import type { Method, Sampler } from '../trials/sampler.js'
import { type DecoderSource, decoderSource } from './decoder-source.js'
import { startingHere } from './escalating-sampler.js'
import { threadsThatFit, trialLimit } from './limits.js'
import { localSampler } from './local-sampler.js'
import { trialThread } from './trial-thread.js'
import { workQueue } from './work-queue.js'

export interface SamplerOptions {
  /** 'simulation' unless given. */
  readonly method?: Method
  /** Threads to work in, at least 1; as many as the machine runs at a time unless given. No value depends on it. */
  readonly workers?: number
  /** Milliseconds that any trial may take; large problems get more on top. 10 000 unless given. */
  readonly timeLimit?: number
  /** Bytes that all dictionaries together may take; what is free unless given. */
  readonly memory?: number
  /** MiB of JavaScript heap a thread; a decoder that takes more has crashed. 2048 unless given. */
  readonly heapMiB?: number
}

/**
 * The sampler of a built-in decoder, or of one in a file, in worker threads that load it. What a decoder does wrong, hanging
 * and ending its thread included, comes back as faults. Rejects with InputError when it cannot be loaded. Close it after use.
 */
export async function openSampler(nameOrPath: string, options: SamplerOptions = {}): Promise<Sampler> {
  const { method = 'simulation', timeLimit = 10_000, heapMiB = 2048 } = options
  const { workers = availableParallelism(), memory = process.availableMemory() } = options
  if (!Number.isInteger(workers) || workers < 1) {
    throw new RangeError(`the number of workers must be an integer of at least 1, not ${workers}`)
  }
  const source = decoderSource(nameOrPath)
  const threads = async (): Promise<Sampler> => {
    const start = () => trialThread(source, method, heapMiB)
    const first = await start()
    const { run, close } = workQueue(first, {
      workers,
      start,
      threadsFor: (shape) => (method === 'simulation' ? threadsThatFit(shape, workers, memory) : workers),
      limitFor: (shape) => (method === 'simulation' ? trialLimit(shape, timeLimit) : Infinity),
    })
    return { decoder: first.decoder, ...revision(source), method, run, close }
  }
  if (method === 'simulation') return threads()
  return startingHere(await localSampler(source, method), threads)
}

function revision(source: DecoderSource): { revision?: string } {
  if (source.kind === 'built-in') return {}
  return { revision: createHash('sha256').update(readFileSync(source.path)).digest('hex').slice(0, 16) }
}
