import { rmSync } from 'node:fs'
import type { Redis } from 'ioredis'
import type { ModelDescription } from '../../codes/model/description.js'
import { builtInDecoder } from '../../decoders/built-in.js'
import { InputError } from '../../io/input-error.js'
import type { DecoderSource } from '../processes/decoder-source.js'
import { runPath } from '../processes/run-folder.js'
import type { Method, Sampler, Ties } from '../trials/sampler.js'
import { type Allowed, allows } from './allowed.js'
import { LARGEST_BUNDLE, sha256Of, unpackDecoder } from './bundle.js'
import { askedOf, type ChunkJob, type JobModel } from './chunk-job.js'
import type { ChunkResult } from './chunk-result.js'
import { keys } from './registry.js'
import { SamplerShelf } from './sampler-shelf.js'

/** What a worker opens a sampler with, of one thread or process. */
export interface LocalOptions {
  readonly method: Method
  readonly ties?: Ties
  readonly model?: ModelDescription
  readonly timeLimit: number
  readonly startupLimit: number
  readonly heapMiB?: number
  readonly mutant?: string
  readonly memory: number
}

export type OpenLocal = (source: DecoderSource, options: LocalOptions) => Promise<Sampler>

/** A job that no run of this version could have sent, or that this worker may not do. */
export class Refused extends Error {}

/** A job that another worker may do: this one has not what it said. */
export class Elsewhere extends Error {}

/** What computes jobs. */
export interface ComputeOptions {
  readonly redis: Redis
  readonly version: string
  readonly worker: string
  readonly threads: number
  readonly allowed: Allowed
  /** Files of dictionaries that it has, by their SHA-256. */
  readonly dictionaries: ReadonlyMap<string, string>
  /** Bytes that the dictionaries of one thread may take. */
  readonly memory: number
  readonly open: OpenLocal
}

/** Computes jobs, each in one thread or process, and keeps those for the next jobs. */
export class Computer {
  readonly #options: ComputeOptions
  readonly #shelf: SamplerShelf

  constructor(options: ComputeOptions) {
    this.#options = options
    this.#shelf = new SamplerShelf(options.threads)
  }

  /** Throws Refused for a job that this worker does not do. */
  check(job: ChunkJob): void {
    const { version, allowed, dictionaries } = this.#options
    const { decoder: asked, dictionary } = askedOf(job)
    if (job.version !== version)
      throw new Refused(`it is of version ${job.version}, and this worker of ${version}`)
    if (!allows(allowed, asked)) throw new Refused('this worker may not run its decoder')
    if (dictionary !== undefined && !dictionaries.has(dictionary))
      throw new Refused(`this worker has no dictionary of SHA-256 ${dictionary}`)
    const { decoder } = job.series
    if (!job.bundle && !builtInDecoder(decoder))
      throw new Refused(`there is no built-in decoder '${decoder}'`)
  }

  /** The result of a job. Rejects with Refused where its files are not what it says, with the signal's reason. */
  async compute(job: ChunkJob, signal: AbortSignal): Promise<ChunkResult> {
    const { from, trials, series, counts, bundle, mutant, limits, ties, model } = job
    const { decoder, method } = series
    const key = JSON.stringify([decoder, method, bundle, mutant, limits, ties, model])
    return this.#shelf.use(
      key,
      () => this.#open(job),
      async (sampler) => {
        if (sampler.decoder !== decoder) throw new Refused(`its decoder calls itself '${sampler.decoder}'`)
        const start = performance.now()
        const ran = await sampler.run(series, series.seed, from, trials, { counts, signal })
        const milliseconds = performance.now() - start
        return { ...ran, milliseconds, revision: sampler.revision?.(), worker: this.#options.worker }
      },
    )
  }

  close(): Promise<void> {
    return this.#shelf.close()
  }

  async #open(job: ChunkJob): Promise<Sampler> {
    const { limits, ties, model, mutant, series, bundle } = job
    const options: LocalOptions = {
      method: series.method,
      ...(ties && { ties }),
      ...(model && { model: this.#modelOf(model) }),
      timeLimit: limits.time,
      startupLimit: limits.startup,
      ...(limits.heapMiB && { heapMiB: limits.heapMiB }),
      ...(mutant !== undefined && { mutant }),
      memory: this.#options.memory,
    }
    if (!bundle) return this.#options.open({ kind: 'built-in', name: series.decoder }, options)
    const source = await this.#unpacked(bundle)
    const { path, release } = source
    try {
      const sampler = await this.#options.open(source.decoder, options)
      return { ...sampler, close: () => sampler.close().finally(release) }
    } catch (error) {
      release()
      if (!(error instanceof InputError)) throw error
      const why = error.message.replaceAll(`${path}/`, '')
      throw new InputError(
        `a worker cannot load the decoder: ${why}; --decoder-files names what is to travel`,
      )
    }
  }

  /** A job's model, with the file of this worker's that has its dictionary. */
  #modelOf({ dictionary, ...model }: JobModel): ModelDescription {
    if (typeof dictionary === 'string') return { ...model, dictionary }
    return {
      ...model,
      dictionary: { ...dictionary, file: this.#options.dictionaries.get(dictionary.sha256)! },
    }
  }

  /** A decoder's files in a folder of their own, which goes when it is released. */
  async #unpacked({ kind, sha256 }: NonNullable<ChunkJob['bundle']>) {
    const { redis } = this.#options
    if ((await redis.strlen(keys.files(sha256))) > LARGEST_BUNDLE)
      throw new Refused("its decoder's files are too large")
    const text = await redis.get(keys.files(sha256))
    if (text === null) throw new Error("its decoder's files are gone")
    if (sha256Of(text) !== sha256) throw new Refused("its decoder's files are not those that it names")
    const path = runPath()
    const release = () => rmSync(path, { recursive: true, force: true })
    try {
      const decoder = unpackDecoder(text, path)
      if (decoder.kind !== kind) throw new InputError('it is another kind of decoder than it says')
      return { decoder, path, release }
    } catch (error) {
      release()
      throw new Refused((error as Error).message)
    }
  }
}
