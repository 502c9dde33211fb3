import type { Sampler } from './sampler.js'

/** The sampler, which also tells how many trials its runs have come to so far, now and then. */
export function countedSampler(sampler: Sampler, onTrials: (total: number) => void): Sampler {
  let total = 0
  return {
    ...sampler,
    async run(shape, seed, from, trials, options) {
      let known = 0
      const count = (done: number) => {
        total += done - known
        known = done
        onTrials(total)
        options?.onTrials?.(done)
      }
      const run = await sampler.run(shape, seed, from, trials, { ...options, onTrials: count })
      if (known < trials) count(trials)
      return run
    },
  }
}
