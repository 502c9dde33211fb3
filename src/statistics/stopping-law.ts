import type { RateRule } from './rate-rule.js'

/** When a rate test stops, and with which verdict. */
export interface StoppingLaw {
  /** above[n]: probability of stopping at trial n with the verdict `above`, n = 0 … cap. */
  readonly above: Float64Array
  /** The same for `below`. */
  readonly below: Float64Array
}

/**
 * States less likely than this are dropped, which adds less than cap · 1e-29 to the probability of no
 * verdict.
 */
const negligible = 1e-30

/**
 * The exact law of a rate test's stopping under the rate `truth`, by dynamic programming over the number of
 * successes among the runs not yet stopped. About cap^1.5 steps.
 */
export function stoppingLaw(rule: RateRule, truth: number, cap: number): StoppingLaw {
  const above = new Float64Array(cap + 1)
  const below = new Float64Array(cap + 1)
  const running = new Float64Array(cap + 2)
  running[0] = 1
  let first = 0
  let last = 0
  // The bars of the rule, brought up to date by one evaluation each, since they grow by 0 or 1 a trial.
  let successBar = 1
  let failureBar = 1
  for (let n = 1; n <= cap; n++) {
    running[last + 1] = 0
    for (let s = last + 1; s > first; s--) running[s] = running[s] * (1 - truth) + running[s - 1] * truth
    running[first] *= 1 - truth
    last++
    if (successBar > n || !rule.above(successBar, n - successBar)) successBar++
    if (failureBar > n || !rule.below(n - failureBar, failureBar)) failureBar++
    for (; last >= successBar && first <= last; last--) above[n] += running[last]
    for (; first <= n - failureBar && first <= last; first++) below[n] += running[first]
    while (first <= last && running[first] < negligible) first++
    while (first <= last && running[last] < negligible) last--
    if (first > last) break
  }
  return { above, below }
}
