import { readdirSync } from 'node:fs'
import { join, posix, resolve } from 'node:path'
import { InputError } from './input-error.js'

/** What a glob's signs stand for; all else stands for itself. */
const signs: Readonly<Record<string, string>> = {
  '**/': '(?:[^/]+/)*',
  '**': '.*',
  '*': '[^/]*',
  '?': '[^/]',
}

/**
 * The files that a glob names, as absolute paths in order: ** is any folders, * any part of a name, ? one character.
 * Folders of packages and hidden ones are left out unless the glob begins in them. Throws InputError where it names
 * none. Node 20 has no glob of its own, nor has any library that this package needs at run time.
 */
export function globFiles(glob: string): string[] {
  const parts = posix.normalize(glob).split('/')
  const first = parts.findIndex((part) => /[*?]/.test(part))
  const fixed = first < 0 ? parts.length - 1 : first
  const folder = parts.slice(0, fixed).join('/') || (glob.startsWith('/') ? '/' : '.')
  const pattern = parts.join('/').replace(/\*\*\/|\*\*|[*?]|[^*?]+/g, (part) => signs[part] ?? escaped(part))
  const wanted = new RegExp(`^${pattern}$`)
  const depth = glob.includes('**') ? Number.MAX_SAFE_INTEGER : parts.length - fixed
  const found = filesBelow(folder, depth).filter((file) => wanted.test(file))
  if (found.length === 0) throw new InputError(`'${glob}' names no file`)
  return found.map((file) => resolve(file)).sort()
}

const escaped = (text: string): string => text.replace(/[.+^${}()|[\]\\]/g, '\\$&')

function filesBelow(folder: string, depth: number): string[] {
  if (depth <= 0) return []
  return entries(folder).flatMap((entry) => {
    const path = posix.normalize(join(folder, entry.name))
    if (!entry.isDirectory()) return entry.isFile() || entry.isSymbolicLink() ? [path] : []
    return /^(\.|node_modules$|__pycache__$)/.test(entry.name) ? [] : filesBelow(path, depth - 1)
  })
}

function entries(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}
