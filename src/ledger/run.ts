import { quoted } from '../io/text/shell.js'
import { type AlphaBudget, alphaBudget, defaultBudget } from '../statistics/alpha-budget.js'
import { type Claim, Counterexample, type Finding, type Row } from './claim.js'
import type { LedgerEntry } from './entry.js'

type Weighted = Pick<LedgerEntry, 'id' | 'weight'>

/**
 * The false-alarm budget of a whole verification: the ledger, the reference point, the drift gate of the built-in
 * decoders.
 */
export const verificationBudget = (total = defaultBudget): AlphaBudget =>
  alphaBudget({ ledger: 8, reference: 1, gate: 1 }, total)

/** The ledger's part of it, split by declared weight over the claims that test statistics. */
export function ledgerBudget(
  ledger: readonly Weighted[],
  total = verificationBudget().share('ledger'),
): AlphaBudget {
  const weighted = ledger.filter(({ weight }) => weight > 0)
  return alphaBudget(Object.fromEntries(weighted.map(({ id, weight }) => [id, weight])), total)
}

/** A claim's share of the budget; 0 for a check without statistics. */
export const shareOf = ({ id, weight }: Weighted, budget: AlphaBudget): number =>
  weight > 0 ? budget.share(id) : 0

/** Run one claim's check. A counterexample refutes it; any other error is a fault of the suite and is thrown. */
export async function runClaim(claim: Claim, alpha: number, seed: string): Promise<Row> {
  const start = performance.now()
  const finding = await check(claim, alpha, seed)
  if ((finding.verdict === 'in part') !== (finding.part !== undefined))
    throw new Error(`the check of ${claim.id} must name the part where it holds iff its verdict is 'in part'`)
  const { id, source, kind, statement, expected, besides } = claim
  return {
    id,
    source,
    kind,
    statement,
    expected,
    ...finding,
    passed: finding.verdict === expected,
    alpha,
    ...(besides !== undefined && { besides }),
    seconds: (performance.now() - start) / 1000,
    replay: `npx dpb verify --claims ${id} --seed ${quoted(seed)}`,
  }
}

async function check(claim: Claim, alpha: number, seed: string): Promise<Finding> {
  try {
    return await claim.check({ alpha, seed: `${seed}/${claim.id}` })
  } catch (error) {
    if (error instanceof Counterexample) return { verdict: 'refuted', evidence: error.message }
    throw new Error(`the check of ${claim.id} broke: ${(error as Error).message}`, { cause: error })
  }
}
