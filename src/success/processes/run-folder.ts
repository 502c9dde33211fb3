import { constants, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { accessible } from '../../io/accessible.js'
import { reapFolder } from './reaper.js'

/** Where files are in memory, on Linux. */
const MEMORY = '/dev/shm'

let made = 0
const folders = new Map<string, string>()

/**
 * A path in this run's own temporary folder, for a folder or file: all that is there is removed with the run, however
 * it ends.
 */
export const runPath = (): string => pathIn(tmpdir())

/** The same in memory, for what is small; undefined where there is no such place, or TMPDIR names another. */
export const memoryPath = (): string | undefined =>
  process.env.TMPDIR === undefined && accessible(MEMORY, constants.W_OK) ? pathIn(MEMORY) : undefined

function pathIn(parent: string): string {
  const folder = folders.get(parent) ?? make(parent)
  return join(folder, String(made++))
}

function make(parent: string): string {
  const path = mkdtempSync(join(parent, 'dims-per-bit-run-'))
  folders.set(parent, path)
  reapFolder(path)
  process.once('exit', () => rmSync(path, { recursive: true, force: true }))
  return path
}
