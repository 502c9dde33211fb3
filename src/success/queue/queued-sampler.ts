import type { Shape } from '../../codes/model.js'
import { FailedCheck } from '../../io/failed-check.js'
import type { Sampler, TrialValues } from '../trials/sampler.js'
import { queueAddress } from './address.js'
import type { Packed } from './bundle.js'
import { askedOf, type ChunkJob, jobModel, MOST_TRIALS } from './chunk-job.js'
import type { ChunkResult } from './chunk-result.js'
import { ChunkSizes } from './chunk-sizes.js'
import type { Customer } from './job-board.js'
import { Parts } from './parts.js'
import { type QueueClient, sharedClient } from './queue-client.js'
import { SpotCheck } from './spot-check.js'

/** What is asked of workers, but for the trials. */
export interface QueuedOptions {
  /** Where the queue is: a URL. */
  readonly queue: string
  /** Of this package and its kernels. */
  readonly version: string
  readonly limits: ChunkJob['limits']
  readonly mutant?: string | undefined
  /** The files of a decoder of the user's, once it has run a trial here. */
  pack?(): Packed
}

/** Jobs on their way, a thread of the workers: enough that none waits for the next, few enough to be cut well. */
const JOBS_PER_THREAD = 3
const JOBS = { least: 16, most: 100_000 }
/** A decoder whose trials hang so often is given up. */
const MOST_HANGS = 8

type Run = Parameters<Sampler['run']>

/**
 * A sampler whose trials are run by workers at a queue: values are those of `local`, bit for bit. Of a user's decoder
 * the first trial is run here too, and one for each way in which a worker says that it breaks its contract: where
 * that comes out otherwise here something did not travel, and the run ends with InputError.
 * @param local the same decoder on this machine; it is closed with this sampler
 */
export async function queuedSampler(local: Sampler, options: QueuedOptions): Promise<Sampler> {
  const { client, release } = await shared(local, options)
  const runs = new QueuedRuns(local, client, options)
  return {
    ...local,
    reportsParts: true,
    run: (...run) => runs.run(...run),
    async close() {
      await Promise.all([local.close(), release()])
    },
  }
}

async function shared(local: Sampler, { queue, version }: QueuedOptions) {
  try {
    return await sharedClient(queueAddress(queue), version)
  } catch (error) {
    await local.close()
    throw error
  }
}

class QueuedRuns {
  readonly #local: Sampler
  readonly #client: QueueClient
  readonly #options: QueuedOptions
  readonly #sizes: ChunkSizes
  readonly #check: SpotCheck
  #packing: Promise<Packed> | undefined
  #hangs = 0

  constructor(local: Sampler, client: QueueClient, options: QueuedOptions) {
    this.#local = local
    this.#client = client
    this.#options = options
    this.#sizes = new ChunkSizes(MOST_TRIALS[options.pack ? 'own' : local.method])
    this.#check = new SpotCheck(local)
  }

  async run(...[shape, seed, from, trials, options = {}]: Run): Promise<TrialValues> {
    options.signal?.throwIfAborted()
    const packed = await this.#pack(shape, seed, from)
    const asked = this.#order(packed, shape, seed)
    const run = await this.#client.beginRun(askedOf(asked))
    const order = { ...asked, run, counts: options.counts === true }
    const threads = () => this.#client.threads(askedOf(order))
    const parts = new Parts(from, trials, options)
    const customer: Customer = {
      order,
      come: (job, result) =>
        void this.#look(job, result).then(
          () => parts.come(job.from, result),
          (error) => parts.fail(error),
        ),
      fail: (error) => parts.fail(error),
    }
    try {
      await this.#client.hear(order)
      return await parts.fill({
        size: (left) => this.#sizes.next(shape, left, threads()),
        atATime: () => Math.min(JOBS.most, Math.max(JOBS.least, JOBS_PER_THREAD * threads())),
        ask: (at, size) => this.#client.ask(customer, at, size),
        sent: () => this.#client.sent(),
      })
    } finally {
      await this.#client.endRun(run)
    }
  }

  /** A decoder of the user's is packed after its first trial, which may load more of it. */
  #pack(...[shape, seed, from]: [Run[0], Run[1], Run[2]]): Promise<Packed | undefined> {
    const { pack } = this.#options
    if (!pack) return Promise.resolve(undefined)
    this.#packing ??= (async () => {
      const start = performance.now()
      await this.#check.begin(shape, seed, from)
      this.#sizes.measured(shape, 1, performance.now() - start)
      const packed = pack()
      await this.#client.keepFiles(packed.sha256, packed.text)
      return packed
    })()
    return this.#packing
  }

  #order(packed: Packed | undefined, shape: Shape, seed: string) {
    const { decoder, method, ties, model } = this.#local
    const { version, limits, mutant } = this.#options
    const { N, k, d } = shape
    return {
      version,
      ...(packed && { bundle: { kind: packed.kind, sha256: packed.sha256 } }),
      ...(mutant !== undefined && { mutant }),
      limits,
      ...(ties && { ties }),
      ...(model && { model: jobModel(model) }),
      series: { decoder, revision: this.#local.revision?.(), method, N, k, d, seed },
    }
  }

  async #look(job: ChunkJob, result: ChunkResult): Promise<void> {
    this.#sizes.measured(job.series, job.trials, result.milliseconds)
    if (this.#options.pack) await this.#check.compare(job, result)
    this.#hangs += result.faults.filter(({ kind }) => kind === 'hang').length
    if (this.#hangs < MOST_HANGS) return
    const [{ message }] = result.faults
    throw new FailedCheck(
      `${this.#local.decoder} is given up: in each of ${this.#hangs} trials it ${message}`,
    )
  }
}
