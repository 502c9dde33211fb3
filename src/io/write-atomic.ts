import { randomUUID } from 'node:crypto'
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { fileError } from './file-error.js'
import { InputError } from './input-error.js'

/**
 * Write a file whole or not at all: into a file beside it, which then takes its place. Throws InputError where that cannot be, with
 * whatever was there before left as it was.
 */
export function writeWhole(path: string, text: string): void {
  const draft = `${path}.${randomUUID()}.part`
  try {
    writeFileSync(draft, text, { flush: true })
    renameSync(draft, path)
  } catch (error) {
    rmSync(draft, { force: true })
    throw new InputError(`cannot write '${path}': ${fileError(error)}`)
  }
}
