import { setImmediate } from 'node:timers/promises'
import { ideal, type Model } from '../../codes/model.js'
import { rademacherArena } from '../../codes/rademacher.js'
import { recoveryCounts } from './recovery.js'
import type { ContractViolation, Sampler } from './sampler.js'
import { type Simulated, simulateTrials } from './simulate-trial.js'

/** Trials over one dictionary that share its passes. */
export const TOGETHER = 16

/**
 * Success by simulation, in this thread: every trial draws a subset, and a dictionary where none is given, and decodes.
 * A decoder that does not return stops the thread; `openSampler` runs the same trials in workers, with a time limit.
 */
export function simulationSampler(decoder: Simulated, model: Model = ideal): Sampler {
  const arena = rademacherArena()
  const run: Sampler['run'] = async (shape, seed, from, trials, options = {}) => {
    const { onTrials, onFault, onTold, signal } = options
    const values = new Uint8Array(trials)
    const counts = recoveryCounts(trials)
    const faults: ContractViolation[] = []
    const source = { decoder, model, shape, seed, arena }
    for (let done = 0; done < trials; ) {
      // Over a given dictionary trials are long: the loop of events takes its turn, so that Ctrl-C is heard.
      if (model.given) await setImmediate()
      signal?.throwIfAborted()
      const several = model.given ? Math.min(TOGETHER, trials - done) : 1
      for (const { active, recovery, told } of await simulateTrials(source, from + done, several)) {
        counts.active[done] = active
        if ('kind' in recovery) {
          faults.push({ ...recovery, ...shape, seed, trial: from + done })
          onFault?.(faults.at(-1)!)
        } else {
          values[done] = Number(recovery.exact)
          counts.hits[done] = recovery.hits
          counts.falsePositives[done] = recovery.falsePositives
          if (told) onTold?.(from + done, told)
        }
        done++
      }
      onTrials?.(done)
    }
    return { values, counts, faults }
  }
  // One run after another: they share the memory of one dictionary.
  let last: Promise<unknown> = Promise.resolve()
  return {
    decoder: decoder.name,
    method: 'simulation',
    tells: true,
    run(...args) {
      const next = last.then(() => run(...args))
      last = next.catch(() => {})
      return next
    },
    close: async () => {},
  }
}
