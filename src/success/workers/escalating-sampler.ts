import { setImmediate } from 'node:timers/promises'
import type { RunOptions, Sampler } from '../trials/sampler.js'

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
      let done = 0
      let pace = Infinity
      for (let size = FIRST; done < trials && !elsewhere; ) {
        signal?.throwIfAborted()
        const stretch = Math.min(size, trials - done)
        const before = performance.now()
        const { values: some } = await here.run(shape, seed, from + done, stretch)
        values.set(some, done)
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
      if (done === trials) return { values, faults: [] }
      const onMore = (more: number) => onTrials?.(done + more)
      const rest = await (await starting)!.run(shape, seed, from + done, trials - done, {
        signal,
        onTrials: onMore,
      })
      values.set(rest.values, done)
      return { values, faults: rest.faults }
    },
    async close() {
      await (await starting?.catch(() => undefined))?.close()
    },
  }
}
