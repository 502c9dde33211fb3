import { countedSampler } from './counted-sampler.js'
import type { Sampler } from './sampler.js'

/** A work that is measured by its trials, of which it is learnt on the way how many it takes. */
export interface ExpectedWork {
  /** Its trials are counted. */
  readonly sampler: Sampler
  /** From here on it takes so many trials, as far as is known. */
  expect(more: number): void
}

/**
 * @param beforehand trials that the work takes, as far as is known before any
 * @param onDone called with the share that is done, in [0, 1), and with the trials expected now over those beforehand
 */
export function expectedWork(
  given: Sampler,
  beforehand: number,
  onDone: (done: number, takes: number) => void,
): ExpectedWork {
  let [ran, expected] = [0, beforehand]
  const tell = () => onDone(shareOf(ran, expected), expected / beforehand)
  return {
    sampler: countedSampler(given, (trials) => {
      ran = trials
      tell()
    }),
    expect(more) {
      expected = ran + more
      tell()
    },
  }
}

/** How much of the work is done where so many trials are expected: never all, for it may take more. */
const shareOf = (trials: number, expected: number): number =>
  trials < 0.9 * expected ? trials / expected : 1 - 0.1 * Math.exp(9 - (10 * trials) / expected)
