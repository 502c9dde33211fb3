import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

// `npm run build`: does nothing where `dist/` is, byte for byte, what was last built, and of the same files.
// `node build.mjs --stamp` only notes that what is there now is built.

const STAMP = 'dist/.built.json'
const BUILT_OF = ['src', 'properties', 'bench', 'build.mjs', 'tsconfig.json', 'package.json']
const INSTALLED = ['package-lock.json', 'node_modules/.package-lock.json']

function filesIn(paths) {
  return paths.filter(existsSync).flatMap((path) => {
    if (!statSync(path).isDirectory()) return [path]
    const entries = readdirSync(path, { recursive: true, withFileTypes: true })
    return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  })
}

function digest(files) {
  const hash = createHash('sha256')
  for (const file of files.toSorted()) {
    const bytes = readFileSync(file)
    hash.update(`${file}\n${bytes.length}\n`).update(bytes)
  }
  return hash.digest('hex')
}

function state() {
  const sources = filesIn([...BUILT_OF, ...INSTALLED])
  const outputs = filesIn(['dist']).filter((file) => file !== join(STAMP))
  return { sources, of: digest(sources), is: digest(outputs) }
}

function build() {
  const now = state()
  const built = existsSync(STAMP) ? JSON.parse(readFileSync(STAMP, 'utf8')) : undefined
  if (built?.of === now.of && built.is === now.is) return
  // Where sources alone changed, the compiler knows what to make anew. It removes nothing, though, and does not see
  // that its output was changed.
  if (built === undefined || built.of === now.of || !built.sources.every(existsSync)) {
    rmSync('dist', { recursive: true, force: true })
  }
  const { status } = spawnSync('npm run build:all', { stdio: 'inherit', shell: true })
  if (status !== 0) process.exit(status ?? 1)
}

if (process.argv[2] !== '--stamp') build()
writeFileSync(STAMP, JSON.stringify(state()))
