import { fileError } from './file-error.js'
import { InputError } from './input-error.js'
import { warn } from './text/terminal.js'

/**
 * Do what no result depends on. Where it fails, undefined, and a warning on standard error that says `what` could not
 * be done.
 */
export function secondary<T>(what: string, act: () => T): T | undefined {
  try {
    return act()
  } catch (error) {
    warn(error instanceof InputError ? error.message : `cannot ${what}: ${fileError(error)}`)
    return undefined
  }
}
