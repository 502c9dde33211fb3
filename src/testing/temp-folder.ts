import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

/** A folder that lives as long as the test file, and files in it. */
export function tempFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'dims-per-bit-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const path = (name: string) => join(folder, name)
  return {
    path,
    /** Writes a file and returns its path. */
    write(name: string, text: string): string {
      writeFileSync(path(name), text)
      return path(name)
    },
  }
}
