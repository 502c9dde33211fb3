import { packageVersion } from '../io/package-version.js'
import { kernelName } from '../kernels/signs.js'
import { ledgerBudget, verificationBudget } from '../ledger/run.js'
import type { VerificationReport } from '../results/report.js'

export interface VerificationOptions {
  /** Only these claims, and nothing but claims; everything unless given. */
  readonly ids?: readonly string[] | undefined
  readonly seed: string
  /** Called with the share of the work that is done, in [0, 1], roughly, and what it is at. */
  onProgress?(done: number, note: string): void
}

/** The parts, each with its share of the work, roughly. */
const WHOLE = { claims: 0.65, reference: 0.25, gate: 0.1 }
const CLAIMS_ALONE = { claims: 1, reference: 0, gate: 0 }

/**
 * All of `dpb verify`: the ledger, the reference point with real decodes, and the drift gate of the built-in
 * decoders. They run at the same time, so that no core waits for the longest row; no value depends on that.
 */
export async function runVerification(options: VerificationOptions): Promise<VerificationReport> {
  const { ids, seed } = options
  const start = performance.now()
  const { ledger } = await import('../../properties/ledger.js')
  const budget = verificationBudget()
  const broken = new AbortController()
  const progress = progressOf(ids ? CLAIMS_ALONE : WHOLE, options)
  const parts = [
    checkClaims({ ids, seed, of: ids?.length ?? ledger.length, onProgress: progress('claims') }),
    ids ? [] : decodeReference(seed, budget.spend('reference'), progress('reference'), broken.signal),
    ids ? [] : gateDecoders(budget.spend('gate'), progress('gate'), broken.signal),
  ] as const
  const [claims, reference, gate] = await Promise.all(parts).catch((error) => {
    broken.abort()
    throw error
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

type OnProgress = (done: number, note: string) => void

/** For each part what it reports its own progress to. */
function progressOf(shares: typeof WHOLE, { onProgress }: VerificationOptions) {
  const done = { claims: 0, reference: 0, gate: 0 }
  return (part: keyof typeof WHOLE): OnProgress =>
    (share, note) => {
      done[part] = shares[part] * share
      onProgress?.(done.claims + done.reference + done.gate, note)
    }
}

interface ClaimsOptions {
  readonly ids?: readonly string[] | undefined
  readonly seed: string
  /** How many claims there are to check. */
  readonly of: number
  readonly onProgress: OnProgress
}

async function checkClaims({ ids, seed, of, onProgress }: ClaimsOptions) {
  const { runLedger } = await import('../../properties/run-ledger.js')
  let done = 0
  return runLedger({ ...(ids && { ids }), seed, onRow: ({ id }) => onProgress(++done / of, id) })
}

async function decodeReference(seed: string, alpha: number, onProgress: OnProgress, signal: AbortSignal) {
  const { referencePoint } = await import('./reference-point.js')
  return referencePoint({ seed, alpha, onProgress, signal })
}

async function gateDecoders(alpha: number, onProgress: OnProgress, signal: AbortSignal) {
  const { gateBuiltIns } = await import('./gate-built-ins.js')
  return gateBuiltIns({ alpha, onProgress, signal })
}
