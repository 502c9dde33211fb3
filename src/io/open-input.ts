import { openSync, statSync } from 'node:fs'

/** Pipes that a shell has opened: `<(…)`, standard input. */
const OPENED = /^\/(dev\/fd\/|dev\/stdin$|proc\/)/

/**
 * A file, open for reading. Throws RangeError for a named pipe, whose writer may never come, and what Node throws
 * where there is no file.
 */
export function openInput(path: string): number {
  if (!OPENED.test(path) && statSync(path).isFIFO()) {
    throw new RangeError('it is a named pipe, whose writer may never come; give a file')
  }
  return openSync(path, 'r')
}
