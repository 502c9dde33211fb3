import { closeSync, readSync } from 'node:fs'
import { fileError, isMissing } from './file-error.js'
import { InputError } from './input-error.js'
import { openInput } from './open-input.js'

const PART = 2 ** 20
/** Longer lines are none that this package wrote. */
const LONGEST = 2 ** 26

/** A line without its end; the last one is not whole where it lacks one. */
export interface Line {
  readonly text: string
  readonly whole: boolean
}

/**
 * The lines of a file, none where there is no file, without a byte-order mark; they end with LF or CRLF. The file may
 * be larger than a string. Throws InputError where it cannot be read; `what` names it, with its article.
 */
export function* readLines(path: string, what: string): Generator<Line> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let rest = ''
  try {
    for (const part of readParts(path)) {
      const lines = (rest + decoder.decode(part, { stream: true })).split('\n')
      rest = lines.pop()!
      if (rest.length > LONGEST) throw new RangeError('it has a line that is too long')
      for (const line of lines) yield { text: withoutReturn(line), whole: true }
    }
  } catch (error) {
    if (error instanceof InputError) throw error
    const reason = error instanceof TypeError ? 'it is not text in UTF-8' : fileError(error)
    throw new InputError(`cannot read ${what} '${path}': ${reason}`)
  }
  if (rest !== '') yield { text: withoutReturn(rest), whole: false }
}

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line)

function* readParts(path: string): Generator<Buffer> {
  let file: number
  try {
    file = openInput(path)
  } catch (error) {
    if (isMissing(error)) return
    throw error
  }
  const part = Buffer.allocUnsafe(PART)
  try {
    for (let read = readSync(file, part); read > 0; read = readSync(file, part)) yield part.subarray(0, read)
  } finally {
    closeSync(file)
  }
}
