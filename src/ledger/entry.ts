import type { Claim } from './claim.js'

/** A line of the ledger: what must be known of a claim before its file is loaded. */
export interface LedgerEntry {
  readonly id: string
  /** Weight in the false-alarm budget; 0 for a check without statistics. */
  readonly weight: number
  /** Rejects where the file has no claim of this id. */
  load(): Promise<Claim>
}

/** The line of the claim with this id in a file that exports claims alone. */
export const entry = (
  id: string,
  file: () => Promise<Readonly<Record<string, Claim>>>,
  weight = 0,
): LedgerEntry => ({
  id,
  weight,
  async load() {
    const claim = Object.values(await file()).find((one) => one.id === id)
    if (!claim) throw new RangeError(`the ledger's line '${id}' names a file without a claim of that id`)
    return claim
  },
})
