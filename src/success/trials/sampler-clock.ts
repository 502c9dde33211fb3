import { processorSeconds } from '../../io/processor-time.js'
import type { Sampler } from './sampler.js'

/** Seconds of processor time since now, of this process and those of the sampler's own. */
export function samplerClock(sampler: Sampler): () => number {
  const worked = () => sampler.workedSeconds?.() ?? 0
  const [start, before] = [process.cpuUsage(), worked()]
  return () => processorSeconds(start) + worked() - before
}
