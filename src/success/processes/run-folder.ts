import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { reapFolder } from './reaper.js'

let folder: string | undefined
let made = 0

/** A path in this run's own temporary folder, for a folder or file: all that is there is removed with the run, however it ends. */
export function runPath(): string {
  folder ??= make()
  return join(folder, String(made++))
}

function make(): string {
  const path = mkdtempSync(join(tmpdir(), 'dims-per-bit-run-'))
  reapFolder(path)
  process.once('exit', () => rmSync(path, { recursive: true, force: true }))
  return path
}
