import {
  closeSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  statSync,
  writeSync,
} from 'node:fs'
import { withLock } from '../../io/file-lock.js'
import { InputError } from '../../io/input-error.js'
import { readLines } from '../../io/read-lines.js'
import { requireWritable } from '../../io/writable.js'
import { cannotWrite, writeTarget, writeWhole } from '../../io/write-atomic.js'
import { formatEntry, parseEntry, type RecordLine } from './record-line.js'

/** A record's file, which several processes may read and add to at a time. */
export interface RecordFile {
  /**
   * The entries that are there, but for those that this object has read or added itself, where nobody else wrote
   * since.
   */
  news(): RecordLine[]
  /** Add entries at the end, in one piece. */
  append(entry: RecordLine): void
  /** Put all of these entries in the place of what is there, and of the news, which they are made to hold. */
  replace(entries: (news: RecordLine[]) => readonly RecordLine[]): void
}

const HEADER = JSON.stringify({ record: 'dims-per-bit', version: 1 })

/** The file of these entries. */
export const recordText = (entries: readonly RecordLine[]): string =>
  [HEADER, ...entries.map(formatEntry), ''].join('\n')

/** A file to keep a record in, which need not exist yet. Throws InputError where it cannot be written. */
export function recordFile(given: string): RecordFile {
  requireWritable(given)
  const { path, kind } = writeTarget(given)
  if (kind !== 'file') throw new InputError(`cannot write '${given}': a record is kept in a regular file`)
  requireAppendable(path)
  /** As the file was when this process last read or wrote it. */
  let known = ''
  const news = () => (stateOf(path) === known ? [] : readRecord(path))
  return {
    news: () =>
      withLock(path, () => {
        const entries = news()
        known = stateOf(path)
        return entries
      }),
    append: (entry) =>
      withLock(path, () => {
        const alone = stateOf(path) === known
        appendWhole(path, `${formatEntry(entry)}\n`)
        if (alone) known = stateOf(path)
      }),
    replace: (entries) =>
      withLock(path, () => {
        writeWhole(path, recordText(entries(news())))
        known = stateOf(path)
      }),
  }
}

function requireAppendable(path: string): void {
  if (!existsSync(path)) return
  try {
    closeSync(openSync(path, 'r+'))
  } catch (error) {
    throw cannotWrite(path, error)
  }
}

/** What changes whenever a file is added to, or replaced. */
function stateOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false })
  return found ? `${found.ino} ${found.size}` : ''
}

/**
 * The entries of a record's file, none where it does not exist; a last line that was cut off as it was written is
 * passed over, and so is a further first line, as records have that were put together line by line. Throws InputError
 * for a file that is no record.
 */
export function readRecord(path: string): RecordLine[] {
  const entries: RecordLine[] = []
  let number = 0
  for (const { text, whole } of readLines(path, 'the record')) {
    number++
    if (!whole && number > 1) break
    if (number === 1 && (whole ? text !== HEADER : !HEADER.startsWith(text))) {
      throw new InputError(`'${path}' ${firstLineText(text)}`)
    }
    if (text === HEADER || text === '' || number === 1) continue
    try {
      entries.push(parseEntry(text))
    } catch (error) {
      throw new InputError(`'${path}', line ${number}: ${(error as Error).message}`)
    }
  }
  return entries
}

/** What is wrong with a first line that is not the one of a record. */
function firstLineText(text: string): string {
  let said: unknown
  try {
    said = JSON.parse(text)
  } catch {
    said = undefined
  }
  const { record, version } = Object(said)
  return record === 'dims-per-bit'
    ? `is a record of version ${JSON.stringify(version)} of the format, not 1`
    : 'is no record: --record takes a file that it made, or one that is not there yet'
}

/**
 * Add a line after the last whole one: after the first line in a new file, or in the place of a line that was cut
 * off.
 */
function appendWhole(path: string, line: string): void {
  try {
    const file = openSync(path, 'a+')
    try {
      const end = endOfLines(file)
      if (end < fstatSync(file).size) ftruncateSync(file, end)
      addOrNothing(file, end, end === 0 ? `${HEADER}\n${line}` : line)
    } finally {
      closeSync(file)
    }
  } catch (error) {
    throw cannotWrite(path, error)
  }
}

/** The end of the last whole line: looked for backwards. */
function endOfLines(file: number): number {
  const part = Buffer.alloc(2 ** 16)
  let end = fstatSync(file).size
  while (end > 0) {
    const start = Math.max(0, end - part.length)
    const read = readSync(file, part, 0, end - start, start)
    const newline = part.subarray(0, read).lastIndexOf(10)
    if (newline >= 0) return start + newline + 1
    end = start
  }
  return 0
}

function addOrNothing(file: number, end: number, text: string): void {
  const bytes = Buffer.from(text)
  try {
    for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done)
  } catch (error) {
    ftruncateSync(file, end)
    throw error
  }
}
