import { ideal, type Model } from '../../codes/model.js'
import { rademacherArena } from '../../codes/rademacher.js'
import type { Declared } from '../../decoders/decoder.js'
import { recoveryCounts } from './recovery.js'
import type { ContractViolation, Sampler } from './sampler.js'
import { simulateTrial } from './simulate-trial.js'

/**
 * Success by simulation, in this thread: every trial draws a dictionary and a subset, and decodes. A decoder that
 * does not return stops the thread; `openSampler` runs the same trials in workers, with a time limit.
 */
export function simulationSampler(decoder: Declared, model: Model = ideal): Sampler {
  const arena = rademacherArena()
  const run: Sampler['run'] = async (shape, seed, from, trials, { onTrials, onFault, signal } = {}) => {
    const values = new Uint8Array(trials)
    const counts = recoveryCounts(trials)
    const faults: ContractViolation[] = []
    for (let t = 0; t < trials; t++) {
      signal?.throwIfAborted()
      const trial = from + t
      const { active, recovery } = await simulateTrial(decoder, shape, seed, trial, arena, model)
      counts.active[t] = active
      if ('kind' in recovery) {
        faults.push({ ...recovery, ...shape, seed, trial })
        onFault?.(faults.at(-1)!)
      } else {
        values[t] = Number(recovery.exact)
        counts.hits[t] = recovery.hits
        counts.falsePositives[t] = recovery.falsePositives
      }
      onTrials?.(t + 1)
    }
    return { values, counts, faults }
  }
  // One run after another: they share the memory of one dictionary.
  let last: Promise<unknown> = Promise.resolve()
  return {
    decoder: decoder.name,
    method: 'simulation',
    run(...args) {
      const next = last.then(() => run(...args))
      last = next.catch(() => {})
      return next
    },
    close: async () => {},
  }
}
