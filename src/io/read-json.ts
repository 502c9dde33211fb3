import { closeSync, fstatSync, readSync } from 'node:fs'
import type { z } from 'zod'
import { fileError, isMissing } from './file-error.js'
import { InputError } from './input-error.js'
import { issueText } from './issue-text.js'
import { openInput } from './open-input.js'

/** Larger files are none that this package wrote. */
const MOST_BYTES = 2 ** 28

/**
 * The JSON in a file that a schema allows. Throws InputError, in one line, where there is none; `what` names it, with
 * its article.
 */
export function readJson<T>(path: string, what: string, schema: z.ZodType<T>): T {
  const json = readJsonIfThere(path, what, schema)
  if (json === undefined) throw new InputError(`cannot read ${what} '${path}': there is no such file`)
  return json
}

/** As `readJson`, undefined where there is no file. */
export function readJsonIfThere<T>(path: string, what: string, schema: z.ZodType<T>): T | undefined {
  const text = readText(path, what)
  return text === undefined
    ? undefined
    : checked(schema, parseJson(text, `${what} '${path}'`), `${what} '${path}'`)
}

/**
 * The text of a file, without a byte-order mark; undefined where there is no file. Throws InputError where it cannot
 * be read.
 */
export function readText(path: string, what: string): string | undefined {
  try {
    const bytes = readBytes(path)
    if (bytes.length > MOST_BYTES) throw new RangeError(`it is larger than ${MOST_BYTES / 2 ** 20} MiB`)
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    if (isMissing(error)) return undefined
    const reason = error instanceof TypeError ? 'it is not text in UTF-8' : fileError(error)
    throw new InputError(`cannot read ${what} '${path}': ${reason}`)
  }
}

/** The bytes of a file, device or pipe, and no more than a little beyond what a file may have. */
function readBytes(path: string): Buffer {
  const file = openInput(path)
  try {
    const parts: Buffer[] = []
    let length = 0
    const part = Math.min(MOST_BYTES + 1, Math.max(2 ** 16, fstatSync(file).size + 1))
    while (length <= MOST_BYTES) {
      const buffer = Buffer.allocUnsafe(part)
      const read = readSync(file, buffer)
      if (read === 0) break
      parts.push(buffer.subarray(0, read))
      length += read
    }
    return Buffer.concat(parts)
  } finally {
    closeSync(file)
  }
}

/** The JSON in a text. Throws InputError, in one line, where it is none; `remedy` says what to do then. */
export function parseJson(text: string, what: string, remedy?: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const cut = !/[}\]]\s*$/.test(text)
    const wrong = cut ? 'cut short' : `not JSON: ${(error as Error).message}`
    throw new InputError(`${what} is ${wrong}${remedy === undefined ? '' : `; ${remedy}`}`)
  }
}

/**
 * What a schema makes of JSON. Throws InputError, in one line that names the first wrong field and what would be
 * right.
 */
export function checked<T>(schema: z.ZodType<T>, json: unknown, what: string): T {
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  throw new InputError(`${what} is malformed: ${issueText(parsed.error, json)}`)
}
