import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { readJson } from '../../src/io/read-json.js'
import { quoted } from '../../src/io/text/shell.js'
import type { TrialRecord } from '../../src/success/records/trial-record.js'

/**
 * What a claim needs and no run of the ledger has the time for: measured once by `npm run record -- NAME`, kept in
 * reports/ledger/NAME.json.
 */
export interface StoredMeasurement<T> {
  readonly name: string
  /** Of what was measured, field by field. */
  readonly schema: z.ZodType<T>
  /**
   * Measure everything; plain JSON. Trials that take long are kept in the record, and taken from it where they are
   * there.
   */
  measure(seed: string, onProgress: (done: number) => void, record: TrialRecord): T | Promise<T>
}

/** A stored measurement as it is kept. */
export interface Stored<T> {
  /** What remakes it. */
  readonly command: string
  readonly seed: string
  readonly data: T
}

/** Where the stored measurement of this name is kept. */
export const recordUrl = (name: string): URL =>
  new URL(`../../../reports/ledger/${name}.json`, import.meta.url)

/** The command that makes a stored measurement. */
export const recordCommand = (name: string, seed: string): string =>
  `npm run record -- ${name} ${quoted(seed)}`

/** What the file of a stored measurement may hold. */
export const storedSchema = <T>({ name, schema }: StoredMeasurement<T>): z.ZodType<Stored<T>> =>
  z
    .strictObject({ command: z.string(), seed: z.string(), data: schema })
    .refine(({ command, seed }) => command === recordCommand(name, seed), {
      path: ['command'],
      message: `expected the one that makes it: ${recordCommand(name, 'SEED')}`,
    })

/** What was measured last. Throws InputError where there is no file, or it is not what it should be. */
export const stored = <T>(measurement: StoredMeasurement<T>): Stored<T> =>
  readJson(fileURLToPath(recordUrl(measurement.name)), 'the measurement', storedSchema(measurement))
