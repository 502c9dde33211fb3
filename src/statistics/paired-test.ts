import type { RateVerdict, Side } from './rate-rule.js'
import { type SequentialTest, testRate } from './sequential-test.js'

/** A sequential test of two success rates by paired trials. */
export interface PairedTestOptions {
  /**
   * `above`: the second succeeds more often; `below`: less often; `either`, the default, spends half of
   * `alpha` on each.
   */
  readonly side?: Side
  /** Probability, in (0, ½], of ever giving a wrong verdict. */
  readonly alpha: number
  /** The number of pairs after which the test gives up, at least 1. */
  readonly cap: number
  /**
   * The number of disagreeing pairs at which the test is to be sharpest: a twentieth of the cap unless given.
   */
  readonly horizon?: number
}

/** A running paired test. `trials` counts pairs. */
export interface PairedTest extends SequentialTest {
  /** Pairs in which the second alone succeeded. */
  readonly gains: number
  /** Pairs in which the first alone succeeded. */
  readonly losses: number
  update(first: boolean, second: boolean): RateVerdict
}

/**
 * Sequential McNemar test: among the pairs whose outcomes disagree, the second wins at rate ½ if both succeed
 * equally often. That rate is tested against ½, so `estimate()` is of P(second wins | the outcomes disagree).
 */
export function testPairs(options: PairedTestOptions): PairedTest {
  const { side = 'either', alpha, cap, horizon = Math.ceil(cap / 20) } = options
  const wins = testRate({ bar: 0.5, side, alpha, cap, horizon })
  let trials = 0
  const done = () => wins.verdict !== 'undecided' || trials >= cap
  return {
    get verdict() {
      return wins.verdict
    },
    get trials() {
      return trials
    },
    get gains() {
      return wins.successes
    },
    get losses() {
      return wins.trials - wins.successes
    },
    get done() {
      return done()
    },
    update(first, second) {
      if (done()) throw new RangeError('the test is over: it takes no more outcomes')
      trials++
      return first === second ? wins.verdict : wins.update(second)
    },
    estimate: wins.estimate,
  }
}
