import { existsSync } from 'node:fs'
import { InputError } from '../../io/input-error.js'
import { requireWritable } from '../../io/writable.js'
import { writeWhole } from '../../io/write-atomic.js'
import { readRecord, recordText } from './record-file.js'
import { openRecord } from './trial-record.js'

/**
 * Join records into one file, in canonical form: the same bytes whatever the order of the parts. Throws InputError,
 * with nothing written, when a part is missing or two parts hold different values for one trial.
 */
export function mergeRecords(parts: readonly string[], out: string): void {
  requireWritable(out)
  const joined = openRecord()
  for (const part of parts) {
    if (!existsSync(part)) throw new InputError(`there is no file '${part}'`)
    for (const entry of readRecord(part)) {
      try {
        joined.add(entry)
      } catch (error) {
        throw new InputError(`'${part}' contradicts the parts before it: ${(error as Error).message}`)
      }
    }
  }
  writeWhole(out, recordText(joined.entries()))
}
