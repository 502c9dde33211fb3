import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { readJson } from '../../src/io/read-json.js'
import { quoted } from '../../src/io/text/shell.js'
import type { TrialRecord } from '../../src/success/records/trial-record.js'

/** What a claim needs and no run of the ledger has the time for, kept in reports/ledger/NAME.json. */
export interface StoredResult<T> {
  readonly name: string
  /** Of what was measured, field by field. */
  readonly schema: z.ZodType<T>
  /** What makes it; `npm run record -- NAME` unless given. */
  command?(seed: string): string
}

/** One that `npm run record -- NAME` measures. */
export interface StoredMeasurement<T> extends StoredResult<T> {
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

/** The command that makes it. */
export const recordCommand = <T>({ name, command }: StoredResult<T>, seed: string): string =>
  command?.(seed) ?? `npm run record -- ${name} ${quoted(seed)}`

/** What its file may hold. */
export const storedSchema = <T>(result: StoredResult<T>): z.ZodType<Stored<T>> =>
  z
    .strictObject({ command: z.string(), seed: z.string(), data: result.schema })
    .refine(({ command, seed }) => command === recordCommand(result, seed), {
      path: ['command'],
      message: `expected the one that makes it: ${recordCommand(result, 'SEED')}`,
    })

/** What was measured last. Throws InputError where there is no file, or it is not what it should be. */
export const stored = <T>(result: StoredResult<T>): Stored<T> =>
  readJson(fileURLToPath(recordUrl(result.name)), 'the measurement', storedSchema(result))
