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
}

/** One run in a million, at most, raises a false alarm. */
export const defaultBudget = 1e-6

/**
 * A budget of `total` split over checks in proportion to their weights. By the union bound a run that gives
 * every check its share raises a false alarm with probability at most `total`. A share may itself be the
 * total of a smaller budget.
 */
export function alphaBudget(weights: Readonly<Record<string, number>>, total = defaultBudget): AlphaBudget {
  requireProbability('total', total)
  const checks = new Map(Object.entries(weights))
  if (checks.size === 0) throw new RangeError('a budget needs at least one check')
  for (const [id, weight] of checks) {
    if (!(weight > 0 && Number.isFinite(weight)))
      throw new RangeError(`the weight of "${id}" must be positive and finite, not ${weight}`)
  }
  const whole = [...checks.values()].reduce((sum, weight) => sum + weight, 0)
  const spent = new Set<string>()
  const share = (id: string) => {
    const weight = checks.get(id)
    if (weight === undefined)
      throw new RangeError(`the budget has no check "${id}"; it has ${[...checks.keys()].join(', ')}`)
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
    report: () => [...checks].map(([id, weight]) => ({ id, weight, share: share(id), spent: spent.has(id) })),
  }
}
