import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname, relative } from 'node:path'
import type { CommandSource } from './decoder-source.js'

const hash = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex')

/**
 * A hash of a decoder's entry file and of the other files that it has loaded: of the entry's bytes alone where there
 * are no others. Files are read when they are first named.
 */
export function fileRevision(entry: string): (modules: readonly string[]) => string {
  const contentOf = contents()
  contentOf(entry)
  return (modules) => {
    const others = [...new Set(modules)].filter((path) => path !== entry).sort()
    if (others.length === 0) return contentOf(entry).slice(0, 16)
    const lines = others.map((path) => `${relative(dirname(entry), path)} ${contentOf(path)}`)
    return hash([contentOf(entry), ...lines].join('\n')).slice(0, 16)
  }
}

/**
 * A hash of a program's command line, of the files that its words name, and of the modules that it says it has
 * loaded.
 */
export function commandRevision({ argv, files }: CommandSource): (modules: readonly string[]) => string {
  const contentOf = contents()
  files.forEach(contentOf)
  return (modules) => {
    const parts = [...new Set([...files, ...modules])].sort()
    const lines = parts.map((path) => `${relative('', path)} ${contentOf(path)}`)
    return hash([JSON.stringify(argv), ...lines].join('\n')).slice(0, 16)
  }
}

/** A revision that also covers these files. */
export function withFiles(revision: () => string, files: readonly string[]): () => string {
  if (files.length === 0) return revision
  const contentOf = contents()
  const lines = files.map((path) => `${relative('', path)} ${contentOf(path)}`)
  return () => hash([revision(), ...lines].join('\n')).slice(0, 16)
}

/** The hash of a file as it was when it was first asked for. */
function contents(): (path: string) => string {
  const known = new Map<string, string>()
  return (path) => {
    const content = known.get(path) ?? hash(readFileSync(path))
    known.set(path, content)
    return content
  }
}
