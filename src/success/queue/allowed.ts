import { InputError } from '../../io/input-error.js'

/** The kinds of decoders that a worker may be let run. */
const kinds = ['built-in', 'files', 'programs'] as const
type Kind = (typeof kinds)[number]

/** What a worker runs: kinds, and SHA-256 of bundles, or their first 16 digits or more. */
export type Allowed = readonly string[]

export const BUILT_IN: Allowed = ['built-in']

/** What `--allow-decoders` says. Throws InputError for a word that is neither a kind nor a bundle's hash. */
export function parseAllowed(text: string): Allowed {
  const words = text.split(',').map((word) => word.trim())
  const wrong = words.find((word) => !kinds.includes(word as Kind) && !/^[0-9a-f]{16,64}$/.test(word))
  if (wrong === undefined) return [...new Set(words)]
  const right =
    'that is built-in, files, programs, or the 16 hexadecimal digits of a decoder that a run names'
  throw new InputError(`'${wrong}' is nothing that a worker may run: ${right}`)
}

/** A decoder as a worker looks at it before it runs it. */
export type RequestedDecoder =
  | { readonly kind: 'built-in' }
  | { readonly kind: 'file' | 'command'; readonly sha256: string }

/** What a job takes of a worker: a decoder, and the SHA-256 of a file's dictionary. */
export interface Requested {
  readonly decoder: RequestedDecoder
  readonly dictionary?: string
}

export function allows(allowed: Allowed, asked: RequestedDecoder): boolean {
  if (asked.kind === 'built-in') return allowed.includes('built-in')
  if (allowed.includes(asked.kind === 'file' ? 'files' : 'programs')) return true
  return allowed.some((word) => /^[0-9a-f]{16,64}$/.test(word) && asked.sha256.startsWith(word))
}

/** What `--allow-decoders` says to run it, and no other decoder of a user's. */
export const wordFor = (asked: RequestedDecoder): string =>
  asked.kind === 'built-in' ? 'built-in' : asked.sha256.slice(0, 16)
