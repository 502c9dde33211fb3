import type { Shape } from '../../codes/model.js'
import type { MemberRule } from './bar.js'

/**
 * How likely one member is to fail a one-step decoder: any function does for control variates, the better the nearer
 * it is.
 */
export interface MemberFailure {
  /** By its score, given the code's energy |z|² = Σ (scores); in [0, 1]. */
  readonly chance: (shape: Shape) => (score: number, energy: number) => number
  /** In how many layers to look at it; one is enough where it is 0 or 1. */
  readonly layers: number
}

/** What makes a decoder's success computable given the members of a trial alone. */
export interface Conditional {
  readonly rule: MemberRule
  /** Trials of a rate unless given: about a second's worth on two cores. */
  readonly trials: number
  /** Of one-step decoders, whose rates have control variates. */
  readonly failing?: MemberFailure
}

/** A decoder that reads in one step has one bar, and is that much faster than one that goes step by step. */
export const oneStep = (rule: MemberRule, failing: MemberFailure): Conditional => ({
  rule,
  failing,
  trials: 5000,
})

export const stepwise = (rule: MemberRule): Conditional => ({ rule, trials: 4000 })
