import { randomUUID } from 'node:crypto'
import { lstatSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileError } from './file-error.js'
import { InputError } from './input-error.js'

/** Where the bytes of a path go: to a file that is replaced whole, or into a device or pipe. */
export interface WriteTarget {
  /** Links are followed, so that they stay. */
  readonly path: string
  readonly kind: 'file' | 'device' | 'pipe'
}

/** The target of a path. Throws the error of the file system, or an InputError, where it can be none. */
export function writeTarget(path: string): WriteTarget {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) {
    if (/(^|[\\/])$/.test(path)) throw new InputError(`cannot write '${path}': it names no file`)
    if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) {
      throw new InputError(`cannot write '${path}': it is a link to nothing`)
    }
    return { path, kind: 'file' }
  }
  if (found.isDirectory()) throw new InputError(`cannot write '${path}': it is a folder`)
  if (found.isFile()) return { path: realpathSync(path), kind: 'file' }
  return { path, kind: found.isCharacterDevice() ? 'device' : 'pipe' }
}

/** A name beside a file that is nobody's. */
export const draftBeside = (path: string): string => join(dirname(path), `.${randomUUID()}.part`)

/**
 * Write a file whole or not at all: into a file beside it, which then takes its place. Throws InputError where that
 * cannot be, with whatever was there before left as it was.
 */
export function writeWhole(path: string, text: string): void {
  try {
    const target = writeTarget(path)
    if (target.kind === 'file') replace(target.path, text)
    else writeFileSync(target.path, text)
  } catch (error) {
    throw cannotWrite(path, error)
  }
}

function replace(path: string, text: string): void {
  const draft = draftBeside(path)
  try {
    writeFileSync(draft, text, { flush: true })
    renameSync(draft, path)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

/** The one line about a file that cannot be written. */
export const cannotWrite = (path: string, error: unknown): InputError =>
  error instanceof InputError ? error : new InputError(`cannot write '${path}': ${fileError(error)}`)
