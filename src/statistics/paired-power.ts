import { type PairedTestOptions, pairedRule } from './paired-test.js'
import type { TestPower } from './power.js'
import { requireProbability, requireUnitValue } from './ranges.js'
import { stoppingLaw } from './stopping-law.js'
import { successTail } from './success-tail.js'

/** A paired test together with what it will meet. */
export interface PairedPowerOptions extends PairedTestOptions {
  /** The share of pairs whose outcomes disagree, in (0, 1). */
  readonly disagreement: number
  /** The share of those that the second wins, in [0, 1]. */
  readonly wins: number
}

const mostDisagreements = 20_000

/**
 * The power of `testPairs` with the same options, exact: the law of stopping counted in disagreeing pairs, of
 * which n pairs hold a binomial number. Throws a RangeError where more than 20,000 disagreeing pairs must be
 * reckoned with.
 */
export function powerOfPairedTest(options: PairedPowerOptions): TestPower {
  const { cap, disagreement, wins } = options
  requireProbability('disagreement', disagreement)
  requireUnitValue('wins', wins)
  const rule = pairedRule(options)
  const most = Math.min(cap, Math.ceil(cap * disagreement + 10 * Math.sqrt(cap * disagreement) + 40))
  if (most > mostDisagreements)
    throw new RangeError(
      `about ${most} disagreeing pairs are too many: at most ${mostDisagreements} can be reckoned with`,
    )
  const law = stoppingLaw(rule, wins, most)
  let above = 0
  let below = 0
  let expectedTrials = cap
  for (let m = 1; m <= most; m++) {
    const reached = successTail(cap, m, disagreement)
    above += law.above[m] * reached
    below += law.below[m] * reached
    // E[cap − T; T ≤ cap] for T, the number of pairs that hold m disagreements.
    const saved = cap * reached - (m / disagreement) * successTail(cap + 1, m + 1, disagreement)
    expectedTrials -= (law.above[m] + law.below[m]) * saved
  }
  return { above, below, undecided: Math.max(0, 1 - above - below), expectedTrials, exact: true }
}
