import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileError, isMissing } from './file-error.js'
import { InputError } from './input-error.js'

/** Make a folder, and those that it is in, where it is missing. Throws InputError where that cannot be. */
export function makeFolder(folder: string): void {
  try {
    make(resolve(folder))
  } catch (error) {
    throw new InputError(`cannot make the folder '${folder}': ${fileError(error)}`)
  }
}

/** As Node's own recursive way, which tries for ever below /proc, and calls a read-only file system missing. */
function make(path: string): void {
  try {
    mkdirSync(path)
  } catch (error) {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return
    if (!isMissing(error) || existsSync(dirname(path))) throw error
    make(dirname(path))
    make(path)
  }
}

/**
 * The names of what is in a folder, in order; none where there is no folder. Throws InputError where it cannot be
 * read.
 */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort()
  } catch (error) {
    if (isMissing(error)) return []
    throw new InputError(`cannot read the folder '${folder}': ${fileError(error)}`)
  }
}
