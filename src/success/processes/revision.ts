import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname, relative } from 'node:path'

const hash = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex')

/**
 * A hash of a decoder's entry file and of the other files that it has loaded: of the entry's bytes alone where there are no
 * others. Files are read when they are first named.
 */
export function fileRevision(entry: string): (modules: readonly string[]) => string {
  const contents = new Map<string, string>()
  const contentOf = (path: string) => {
    const known = contents.get(path) ?? hash(readFileSync(path))
    contents.set(path, known)
    return known
  }
  contentOf(entry)
  return (modules) => {
    const others = [...new Set(modules)].filter((path) => path !== entry).sort()
    if (others.length === 0) return contentOf(entry).slice(0, 16)
    const lines = others.map((path) => `${relative(dirname(entry), path)} ${contentOf(path)}`)
    return hash([contentOf(entry), ...lines].join('\n')).slice(0, 16)
  }
}
