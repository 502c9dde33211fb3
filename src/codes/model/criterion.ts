import { InputError } from '../../io/input-error.js'

/** What counts as success: the exact set, or a level of what is pooled over trials. @since 0.2.0 */
export interface Criterion {
  /** What is judged; `bits` is R of `hardBits` as a share of H. */
  readonly kind: 'exact' | 'recall' | 'f1' | 'bits'
  /** In (0, 1): of the active codewords, of F1, or of H. 1 for exact recovery. */
  readonly level: number
}

export const EXACT: Criterion = { kind: 'exact', level: 1 }

/**
 * The criterion of this text: `exact`, `recall:0.8`, `f1:0.9`, `bits:0.9`. Throws InputError for any other.
 *
 * @since 0.2.0
 */
export function parseCriterion(text: string): Criterion {
  if (text === 'exact') return EXACT
  const [kind, given, ...rest] = text.split(':') as [Criterion['kind'], ...string[]]
  const level = Number(given)
  if (!['recall', 'f1', 'bits'].includes(kind) || rest.length > 0 || !(level > 0 && level < 1)) {
    throw new InputError(
      `the criterion must be exact, recall:x, f1:x or bits:x (a share of H), 0 < x < 1, not '${text}'`,
    )
  }
  return { kind, level }
}

export const criterionText = ({ kind, level }: Criterion): string =>
  kind === 'exact' ? kind : `${kind}:${level}`

/** The criterion of a model. Throws InputError for what is none. */
export const criterionOf = ({ criterion }: { readonly criterion?: string | undefined }): Criterion =>
  criterion === undefined ? EXACT : parseCriterion(criterion)

/** Whether one answer by itself meets it; `bits` as a level of recall. */
export function isMet(
  { kind, level }: Criterion,
  hits: number,
  falsePositives: number,
  active: number,
): boolean {
  if (kind === 'exact') return falsePositives === 0 && hits === active
  return kind === 'f1' ? 2 * hits >= level * (hits + falsePositives + active) : hits >= level * active
}
