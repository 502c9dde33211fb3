import { type Claim, Counterexample, type Finding, type Row } from './claim.js'

/** False-alarm probability of a whole run of the ledger. */
export const FALSE_ALARM = 1e-6

/** Each claim's share of the run's false-alarm probability: by declared weight over the whole ledger. */
export function shares(ledger: readonly Claim[], total = FALSE_ALARM): Map<string, number> {
  const weights = ledger.reduce((sum, claim) => sum + (claim.weight ?? 0), 0)
  return new Map(ledger.map((claim) => [claim.id, weights ? (total * (claim.weight ?? 0)) / weights : 0]))
}

/** Run one claim's check. A counterexample refutes it; any other error is a fault of the suite and is thrown. */
export async function runClaim(claim: Claim, alpha: number, seed: string): Promise<Row> {
  const start = performance.now()
  const finding = await check(claim, alpha, seed)
  const { id, source, kind, statement, expected } = claim
  return {
    id,
    source,
    kind,
    statement,
    expected,
    ...finding,
    passed: finding.verdict === expected,
    alpha,
    seconds: (performance.now() - start) / 1000,
    replay: `npx dpb verify --claims ${id} --seed ${seed}`,
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
