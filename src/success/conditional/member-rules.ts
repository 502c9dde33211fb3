import { InputError } from '../../io/input-error.js'
import type { MemberRule } from './bar.js'
import { matchingPursuitRule } from './matching-pursuit.js'
import { orthogonalMatchingPursuitRule } from './omp.js'
import type { MemberFailure } from './success-controls.js'
import { mapTau, thresholdFailing, thresholdRule } from './threshold.js'
import { topKFailing, topKRule } from './top-k.js'

/** Trials of a rate unless given, given the members: about a second’s worth on two cores. One-step decoders have one bar and are that much faster. */
const ONE_STEP = 5000
const STEPWISE = 4000

interface Conditional {
  readonly rule: MemberRule
  readonly trials: number
  /** Of one-step decoders, whose rates have control variates. */
  readonly failing?: MemberFailure
}

const rules: ReadonlyMap<string, Conditional> = new Map<string, Conditional>([
  ['threshold', { rule: thresholdRule(), trials: ONE_STEP, failing: thresholdFailing() }],
  ['map-threshold', { rule: thresholdRule(mapTau), trials: ONE_STEP, failing: thresholdFailing(mapTau) }],
  ['top-k', { rule: topKRule, trials: ONE_STEP, failing: topKFailing }],
  ['matching-pursuit', { rule: matchingPursuitRule('unit'), trials: STEPWISE }],
  ['matching-pursuit-projection', { rule: matchingPursuitRule('projection'), trials: STEPWISE }],
  ['orthogonal-matching-pursuit', { rule: orthogonalMatchingPursuitRule('value'), trials: STEPWISE }],
  [
    'orthogonal-matching-pursuit-magnitude',
    { rule: orthogonalMatchingPursuitRule('magnitude'), trials: STEPWISE },
  ],
])

/** Whether the built-in decoder of this name has a rule for the conditional method. */
export const hasConditional = (name: string): boolean => rules.has(name)

/** The rule of the built-in decoder of this name. Throws InputError, saying which have one, where it has none. */
export const conditionalRule = (name: string): MemberRule => conditional(name).rule

/** The number of trials of one rate of the built-in decoder of this name, unless given. Throws as `conditionalRule` does. */
export const conditionalTrials = (name: string): number => conditional(name).trials

/** How one member fails the built-in decoder of this name, where it reads in one step. */
export const failingOf = (name: string): MemberFailure | undefined => rules.get(name)?.failing

function conditional(name: string) {
  const found = rules.get(name)
  if (found) return found
  const names = [...rules.keys()].join(', ')
  throw new InputError(
    `'${name}' has no conditional method; ${names} have one, and --method simulation fits any`,
  )
}
