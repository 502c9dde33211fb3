import { requireProbability } from './ranges.js'

/** One check's part in a budget. */
export interface BudgetRow {
  readonly id: string
  /** Declared weight, positive. */
  readonly weight: number
  /** Its part of the total false-alarm probability. */
  readonly share: number
  readonly spent: boolean
}

/** A budget as it is stored. */
export interface SavedBudget {
  readonly total: number
  readonly checks: readonly { readonly id: string; readonly weight: number; readonly spent: boolean }[]
}

/** A false-alarm probability divided among checks, each of which may spend its part once. */
export interface AlphaBudget {
  /** The false-alarm probability of everything together. */
  readonly total: number
  /** What `spend(id)` gives or gave. */
  share(id: string): number
  /**
   * The error probability that check `id` may use. Throws a RangeError for an unknown check and the second
   * time.
   */
  spend(id: string): number
  /** A row per check, in the order declared. */
  report(): BudgetRow[]
  /** For JSON.stringify; {@link restoreBudget} reads it back. */
  toJSON(): SavedBudget
}

/** One run in a million, at most, raises a false alarm. */
export const defaultBudget = 1e-6

/**
 * A budget of `total` split over checks in proportion to their weights. By the union bound a run that gives
 * every check its share raises a false alarm with probability at most `total`. A share may itself be the
 * total of a smaller budget.
 */
export function alphaBudget(weights: Readonly<Record<string, number>>, total = defaultBudget): AlphaBudget {
  return restoreBudget({
    total,
    checks: Object.entries(weights).map(([id, weight]) => ({ id, weight, spent: false })),
  })
}

/** A budget as it was when it was saved. */
export function restoreBudget({ total, checks }: SavedBudget): AlphaBudget {
  requireProbability('total', total)
  if (checks.length === 0) throw new RangeError('a budget needs at least one check')
  const weights = new Map<string, number>()
  for (const { id, weight } of checks) {
    if (!(weight > 0 && Number.isFinite(weight)))
      throw new RangeError(`the weight of "${id}" must be positive and finite, not ${weight}`)
    if (weights.has(id)) throw new RangeError(`check "${id}" is declared twice`)
    weights.set(id, weight)
  }
  const whole = checks.reduce((sum, { weight }) => sum + weight, 0)
  const spent = new Set(checks.filter((check) => check.spent).map(({ id }) => id))
  const share = (id: string) => {
    const weight = weights.get(id)
    if (weight === undefined)
      throw new RangeError(`the budget has no check "${id}"; it has ${[...weights.keys()].join(', ')}`)
    return (total * weight) / whole
  }
  return {
    total,
    share,
    spend(id) {
      const granted = share(id)
      if (spent.has(id)) throw new RangeError(`check "${id}" has already spent its share of the budget`)
      spent.add(id)
      return granted
    },
    report: () =>
      [...weights].map(([id, weight]) => ({ id, weight, share: share(id), spent: spent.has(id) })),
    toJSON: () => ({
      total,
      checks: [...weights].map(([id, weight]) => ({ id, weight, spent: spent.has(id) })),
    }),
  }
}
