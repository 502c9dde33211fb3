import { mkdirSync, readdirSync } from 'node:fs'
import { fileError, isMissing } from './file-error.js'
import { InputError } from './input-error.js'

/** Make a folder, and those that it is in, where it is missing. Throws InputError where that cannot be. */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw new InputError(`cannot make the folder '${folder}': ${fileError(reasonFor(folder, error))}`)
  }
}

/** Of a file system that is read-only Node says that there is no such folder, unless it is asked for one alone. */
function reasonFor(folder: string, error: unknown): unknown {
  try {
    if (isMissing(error)) mkdirSync(folder)
    return error
  } catch (alone) {
    return alone
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
