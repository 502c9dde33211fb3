import { setImmediate } from 'node:timers/promises'
import { recoveryCounts, setCounts } from '../trials/recovery.js'
import type { RunOptions, Sampler, TrialValues } from '../trials/sampler.js'

/** Trials of the first stretch, and how long one may keep this thread from all else. */
const FIRST = 16
const STRETCH_MS = 20
/**
 * Work that lasts so long, by what it took so far and the best pace at which the rest could go, is worth other
 * threads.
 */
const WORTH_MS = 1000
/** Before so much work code is not yet compiled, and its pace tells nothing. */
const COMPILED_MS = 100

/**
 * A sampler that runs its trials in this thread, and in others as soon as these have started, which they are told to
 * when the work turns out to be long: starting them takes as long as some thousand trials of a one-step decoder.
 *
 * @param here must not hang
 */
export function escalatingSampler(here: Sampler, startElsewhere: () => Promise<Sampler>): Sampler {
  let starting: Promise<Sampler> | undefined
  let elsewhere: Sampler | undefined
  /** Milliseconds of work in this thread so far, in all runs. */
  let spent = 0
  const start = () => {
    if (starting) return
    starting = startElsewhere()
    starting.then(
      (sampler) => {
        elsewhere = sampler
      },
      () => {},
    )
  }

  return {
    ...here,
    async run(shape, seed, from, trials, options: RunOptions = {}) {
      const { onTrials, signal } = options
      const values = new Float64Array(trials)
      const counts = options.counts ? recoveryCounts(trials) : undefined
      const take = (some: TrialValues, at: number) => {
        values.set(some.values, at)
        if (counts) setCounts(counts, some.counts, at)
      }
      const result = (faults: TrialValues['faults']) => ({ values, ...(counts && { counts }), faults })
      let done = 0
      let pace = Infinity
      for (let size = FIRST; done < trials && !elsewhere; ) {
        signal?.throwIfAborted()
        const stretch = Math.min(size, trials - done)
        const before = performance.now()
        take(await here.run(shape, seed, from + done, stretch, { counts: options.counts }), done)
        done += stretch
        onTrials?.(done)
        const took = performance.now() - before
        spent += took
        if (took < STRETCH_MS / 2) size *= 2
        pace = Math.min(pace, took / stretch)
        const left = spent > COMPILED_MS ? pace * (trials - done) : 0
        if (spent + left > WORTH_MS) start()
        await setImmediate()
      }
      if (done === trials) return result([])
      const onMore = (more: number) => onTrials?.(done + more)
      const rest = await (await starting)!.run(shape, seed, from + done, trials - done, {
        signal,
        counts: options.counts,
        onTrials: onMore,
      })
      take(rest, done)
      return result(rest.faults)
    },
    async close() {
      await (await starting?.catch(() => undefined))?.close()
    },
  }
}
