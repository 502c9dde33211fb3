import seedrandom from 'seedrandom'
import { binomialInterval } from './binomial-interval.js'
import type { Estimate } from './estimate.js'
import { empiricalBernsteinInterval } from './mean-interval.js'
import { type MeanTestOptions, testMean } from './mean-test.js'
import { requireCount } from './ranges.js'

/** A mean test together with what it will meet. */
export interface MeanPowerOptions extends MeanTestOptions {
  /** Values in [0, 1]; those to come are drawn from these, with replacement. */
  readonly sample: readonly number[]
  /** Names the random draws. */
  readonly seed: string
  /** Number of simulated tests, at least 2; 200 unless given. */
  readonly runs?: number
}

/** How a mean test ends, estimated by simulation. Every interval has confidence 0.99. */
export interface SimulatedPower {
  readonly above: Estimate
  readonly below: Estimate
  readonly undecided: Estimate
  readonly expectedTrials: Estimate
}

const confidence = 0.99

/**
 * The power of `testMean` with the same options on values distributed as the sample is, by seeded simulation.
 */
export function powerOfMeanTest({ sample, seed, runs = 200, ...options }: MeanPowerOptions): SimulatedPower {
  requireCount('number of sample values', sample.length, 1)
  requireCount('runs', runs, 2)
  const random = seedrandom.alea(seed)
  const ends = Array.from({ length: runs }, () => {
    const test = testMean(options)
    while (!test.done) test.update(sample[Math.floor(random() * sample.length)])
    return { verdict: test.verdict, used: test.trials / options.cap }
  })
  const share = (verdict: string) =>
    binomialInterval(ends.filter((end) => end.verdict === verdict).length, runs, confidence)
  const used = empiricalBernsteinInterval(
    ends.map((end) => end.used),
    confidence,
  )
  const [least, most] = used.interval
  return {
    above: share('above'),
    below: share('below'),
    undecided: share('undecided'),
    expectedTrials: {
      point: used.point * options.cap,
      interval: [least * options.cap, most * options.cap],
      confidence,
    },
  }
}
