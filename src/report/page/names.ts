import type { BoundKind, Setting } from '../../bounds/bound.js'
import type { PlannedBound } from '../../bounds/plan.js'
import type { MarkName } from './mark.js'

/** Whom a statement is about where that is no decoder. */
const labels = new Map([
  ['any', 'any decoder'],
  ['coherence guarantee', 'coherence'],
  ['lasso-active-set', 'LASSO, active set'],
  ['greedy-group-testing', 'group testing'],
])

/** Take the decoders' own labels, which come with the report. */
export function takeLabels(own: Readonly<Record<string, string>>): void {
  for (const [decoder, label] of Object.entries(own)) labels.set(decoder, label)
}

/** A decoder's name where space is short. */
export const decoderLabel = (decoder: string): string => labels.get(decoder) ?? decoder

/** Problems that are so different that a statement of them has a rung of its own. */
const apart: readonly (Setting | undefined)[] = ['with noise', 'some dictionary']

/** The name of a statement's rung in the ladder. */
export const rungLabel = ({ decoder, problem }: PlannedBound): string =>
  apart.includes(problem) ? `${decoder}, ${problem}` : decoderLabel(decoder)

/** How the kinds of statement look in a chart, strongest first. */
export const kindMarks: readonly {
  readonly kind: BoundKind
  readonly symbol: MarkName
  readonly meaning: string
}[] = [
  { kind: 'converse', symbol: 'square', meaning: 'proved to be needed' },
  { kind: 'guarantee', symbol: 'star', meaning: 'proved to suffice' },
  { kind: 'law', symbol: 'circle', meaning: 'predicts at this size' },
  { kind: 'rule', symbol: 'diamond', meaning: 'rule of thumb' },
  { kind: 'asymptote', symbol: 'triangle', meaning: 'law for large N, reached slowly' },
]
