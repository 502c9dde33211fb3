import type { BoundKind } from '../bounds/bound.js'

/** From what no decoder can do, over what is proved and what is predicted, to what only tends to hold. */
const KINDS: readonly BoundKind[] = ['converse', 'guarantee', 'law', 'rule', 'asymptote']

/** Bounds by kind, and by dimension within each; those that say nothing last. */
export const byKind = <T extends { readonly kind: BoundKind; readonly dimension: number | null }>(
  bounds: readonly T[],
): T[] =>
  bounds.toSorted(
    (a, b) =>
      KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
      (a.dimension ?? Infinity) - (b.dimension ?? Infinity) ||
      0,
  )
