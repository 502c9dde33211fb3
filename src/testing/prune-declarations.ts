import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * Remove the declarations that no entry point of the package leads to: half of them, which nobody can import.
 *
 *     node dist/src/testing/prune-declarations.js
 */
const IMPORTED = /(?:from|import\()\s*['"](\.[^'"]+)\.js['"]/g

const entries = Object.values<{ types?: string }>(JSON.parse(readFileSync('package.json', 'utf8')).exports)
const reached = new Set<string>()

function reach(file: string): void {
  if (reached.has(file) || !existsSync(file)) return
  reached.add(file)
  for (const [, name] of readFileSync(file, 'utf8').matchAll(IMPORTED)) {
    reach(join(dirname(file), `${name}.d.ts`))
  }
}

for (const { types } of entries) if (types !== undefined) reach(join(types))
for (const name of readdirSync('dist', { recursive: true, encoding: 'utf8' })) {
  const file = join('dist', name)
  if (file.endsWith('.d.ts') && !reached.has(file)) rmSync(file)
}
