import { InputError } from '../../codes/input-error.js'
import { matchingPursuitRule } from './matching-pursuit.js'
import { orthogonalMatchingPursuitRule } from './omp.js'
import type { Rule } from './rule.js'
import { thresholdRule } from './threshold.js'
import { topKRule } from './top-k.js'

const rules: ReadonlyMap<string, Rule> = new Map([
  ['threshold', thresholdRule()],
  ['top-k', topKRule],
  ['matching-pursuit', matchingPursuitRule('unit')],
  ['matching-pursuit-projection', matchingPursuitRule('projection')],
  ['orthogonal-matching-pursuit', orthogonalMatchingPursuitRule('value')],
  ['orthogonal-matching-pursuit-magnitude', orthogonalMatchingPursuitRule('magnitude')],
])

/** Whether the built-in decoder of this name has a rule for the conditional method. */
export const hasConditional = (name: string): boolean => rules.has(name)

/** The rule of the built-in decoder of this name. Throws InputError, saying which have one, where it has none. */
export function conditionalRule(name: string): Rule {
  const rule = rules.get(name)
  if (rule) return rule
  const names = [...rules.keys()].join(', ')
  throw new InputError(
    `'${name}' has no conditional method; ${names} have one, and --method simulation fits any`,
  )
}
