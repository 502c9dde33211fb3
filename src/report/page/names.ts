import type { BoundKind } from '../../bounds/bound.js'

/** Whom a statement is about where that is no decoder. */
const labels = new Map([
  ['any', 'any decoder'],
  ['coherence guarantee', 'coherence'],
])

/** Take the decoders' own labels, which come with the report. */
export function takeLabels(own: Readonly<Record<string, string>>): void {
  for (const [decoder, label] of Object.entries(own)) labels.set(decoder, label)
}

/** A decoder's name where space is short. */
export const decoderLabel = (decoder: string): string => labels.get(decoder) ?? decoder

/** How the kinds of statement look in a chart, strongest first. */
export const kindMarks: readonly {
  readonly kind: BoundKind
  readonly symbol: string
  readonly meaning: string
}[] = [
  { kind: 'converse', symbol: '▮', meaning: 'proved to be needed' },
  { kind: 'guarantee', symbol: '◼', meaning: 'proved to suffice' },
  { kind: 'law', symbol: '●', meaning: 'predicts at this size' },
  { kind: 'rule', symbol: '◆', meaning: 'rule of thumb' },
  { kind: 'asymptote', symbol: '▲', meaning: 'law for large N, reached slowly' },
]
