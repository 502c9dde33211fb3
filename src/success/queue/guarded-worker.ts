import { type Job, type Processor, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import type { ChunkJob } from './chunk-job.js'
import { MOST_DEATHS } from './failure.js'
import { guard, type Refusal } from './guard.js'
import { PREFIX } from './registry.js'

/** A job whose worker says nothing for so long is given to another; how often that is looked for. */
const [LOCK_MS, STALLED_MS] = [10_000, 5000]

/** A worker of one queue that looks at every job before it is fetched. */
export class GuardedWorker extends Worker<ChunkJob, number> {
  readonly #look: () => Promise<boolean>
  /** Whether the last fetch found nothing: BullMQ waits then until it is told of a job. */
  #idle = false

  /** @param onRefused takes jobs that were taken away before anyone fetched them */
  constructor(
    name: string,
    processor: Processor<ChunkJob, number>,
    redis: Redis,
    threads: number,
    onRefused: (refusal: Refusal) => void,
  ) {
    super(name, processor, {
      connection: redis,
      prefix: PREFIX,
      concurrency: threads,
      autorun: false,
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_MS,
      maxStalledCount: MOST_DEATHS,
      runRetryDelay: 1000,
    })
    this.#look = async () => {
      const { some, refused } = await guard(redis, this.toKey)
      refused.forEach(onRefused)
      return some
    }
    // What is no connection's is said where a job fails.
    this.on('error', () => {})
    this.on('lockRenewalFailed', (lost) => {
      for (const id of lost) this.cancelJob(id, 'another worker has it')
    })
  }

  protected override async moveToActive(token: string, name?: string): Promise<Job<ChunkJob, number>> {
    const some = await this.#look()
    // What comes in this moment is looked at first. BullMQ too answers undefined where there is nothing.
    if (this.#idle && !some) return undefined as unknown as Job<ChunkJob, number>
    const job = await super.moveToActive(token, name)
    this.#idle = job === undefined
    return job
  }

  // A job that is done does not fetch the next: nobody would have looked at that.
  override processJob(job: Job<ChunkJob, number>, token: string) {
    return super.processJob(job, token, () => false)
  }
}
