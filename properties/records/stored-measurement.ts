import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { readJson } from '../../src/io/read-json.js'
import type { TrialRecord } from '../../src/success/records/trial-record.js'

/**
 * What a claim needs and no run of the ledger has the time for: measured once by `npm run record -- NAME`, kept in
 * reports/ledger/NAME.json.
 */
export interface StoredMeasurement<T> {
  readonly name: string
  /**
   * Measure everything; plain JSON. Trials that take long may be kept in a record, and are taken from it where they
   * are there.
   */
  measure(seed: string, onProgress: (done: number) => void, record: TrialRecord): T | Promise<T>
}

/** A record as it is kept. */
export interface Stored<T> {
  /** What remakes it. */
  readonly command: string
  readonly seed: string
  readonly data: T
}

/** Where the record of this name is kept. */
export const recordUrl = (name: string): URL =>
  new URL(`../../../reports/ledger/${name}.json`, import.meta.url)

const schema = z.strictObject({ command: z.string(), seed: z.string(), data: z.json() })

/** The record as it was last kept. Throws InputError where there is none. */
export const stored = <T>({ name }: StoredMeasurement<T>): Stored<T> =>
  readJson(fileURLToPath(recordUrl(name)), 'the measurement', schema) as Stored<T>
