import { packageVersion } from '../io/package-version.js'
import { kernelName } from '../kernels/signs.js'
import { ledgerBudget, verificationBudget } from '../ledger/run.js'
import type { VerificationReport } from '../results/report.js'

export interface VerificationOptions {
  /** Only these claims, and nothing but claims; everything unless given. */
  readonly ids?: readonly string[] | undefined
  readonly seed: string
  /** Runs a step that reports how much of it is done, in [0, 1], and at what it is. */
  step<T>(title: string, run: (onProgress: (done: number, note?: string) => void) => Promise<T>): Promise<T>
}

/**
 * All of `dpb verify`: the ledger, the reference point with real decodes, and the drift gate of the built-in
 * decoders.
 */
export async function runVerification({ ids, seed, step }: VerificationOptions): Promise<VerificationReport> {
  const start = performance.now()
  const { ledger } = await import('../../properties/ledger.js')
  const { runLedger } = await import('../../properties/run-ledger.js')
  const budget = verificationBudget()
  const count = ids?.length ?? ledger.length
  let done = 0
  const claims = await step('claims', (onProgress) =>
    runLedger({ ...(ids && { ids }), seed, onRow: ({ id }) => onProgress(++done / count, id) }),
  )
  const reference = ids
    ? []
    : await step('reference point N = 2^20, k = 28', async (onProgress) => {
        const { referencePoint } = await import('./reference-point.js')
        return referencePoint({ seed, alpha: budget.spend('reference'), onProgress })
      })
  const gate = ids
    ? []
    : await step('drift of the built-in decoders', async (onProgress) => {
        const { gateBuiltIns } = await import('./gate-built-ins.js')
        return gateBuiltIns({ alpha: budget.spend('gate'), onProgress })
      })
  return {
    version: packageVersion(),
    seed,
    budget: { total: budget.total, rows: ledgerBudget(ledger).report() },
    claims,
    reference,
    gate,
    environment: { node: process.version, kernel: kernelName() },
    seconds: (performance.now() - start) / 1000,
  }
}
