import { setImmediate } from 'node:timers/promises'
import { showMembers } from './conditional/conditional.js'
import type { RunOptions, Sampler } from './sampler.js'

/** Trials of the first stretch, and how long one may keep this thread from all else. */
const FIRST = 16
const STRETCH_MS = 20
/** Work that would last so long at the best pace so far is worth other threads, once code has been compiled. */
const WORTH_MS = 1000
const COMPILED_MS = 100

/**
 * A sampler that runs its trials in this thread, and in others as soon as these have started, which they are told to when the work turns out to
 * be long: starting them takes as long as some thousand trials of a one-step decoder.
 *
 * @param here must not hang
 */
export function startingHere(here: Sampler, startElsewhere: () => Promise<Sampler>): Sampler {
  let starting: Promise<Sampler> | undefined
  let elsewhere: Sampler | undefined
  const start = () => {
    starting ??= startElsewhere()
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
      const { onTrials, onMembers, signal } = options
      const values = new Float64Array(trials)
      let done = 0
      let spent = 0
      let pace = Infinity
      for (let size = FIRST; done < trials && !elsewhere; ) {
        signal?.throwIfAborted()
        const stretch = Math.min(size, trials - done)
        const before = performance.now()
        const { values: some } = await here.run(shape, seed, from + done, stretch, onMembers && { onMembers })
        values.set(some, done)
        done += stretch
        onTrials?.(done)
        const took = performance.now() - before
        spent += took
        if (took < STRETCH_MS / 2) size *= 2
        pace = Math.min(pace, took / stretch)
        if (spent > COMPILED_MS && pace * (trials - done) > WORTH_MS) start()
        await setImmediate()
      }
      if (done === trials) return { values, faults: [] }
      const onMore = (more: number) => onTrials?.(done + more)
      const [rest] = await Promise.all([
        (await starting)!.run(shape, seed, from + done, trials - done, { signal, onTrials: onMore }),
        showMembers(shape, seed, from + done, trials - done, options),
      ])
      values.set(rest.values, done)
      return { values, faults: rest.faults }
    },
    async close() {
      await (await starting?.catch(() => undefined))?.close()
    },
  }
}
