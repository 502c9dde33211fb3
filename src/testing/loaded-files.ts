import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/**
 * The files that a call of the command line loads in all its threads, by their paths in the repository; from what V8
 * covers.
 */
export function loadedFiles(...args: string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'dims-per-bit-'))
  try {
    spawnSync(process.execPath, [join(root, 'dist/src/cli/main.js'), ...args], {
      env: { ...process.env, NODE_V8_COVERAGE: folder },
    })
    const scripts = readdirSync(folder).flatMap(
      (name): { url: string }[] => JSON.parse(readFileSync(join(folder, name), 'utf8')).result,
    )
    return [...new Set(scripts.map(({ url }) => url))]
      .filter((url) => url.startsWith('file:'))
      .map((url) => fileURLToPath(url).replace(root, ''))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
