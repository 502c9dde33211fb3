import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DictionaryDescription } from '../../codes/description.js'
import { type RademacherArena, rademacherArena } from '../../codes/rademacher.js'
import { rowWords } from '../../kernels/layout.js'
import { runPath } from './run-folder.js'

/** A dictionary as a program is told of it. */
export interface AnnouncedDictionary {
  readonly id: number
  readonly N: number
  readonly d: number
  /** One bit an entry, set where it is −1, or eight bytes an entry. */
  readonly form: 'signs' | 'float64'
  /** Bytes from one codeword to the next. */
  readonly stride: number
  readonly path: string
}

/** Codewords as the bytes of a file. */
interface Packed extends Pick<AnnouncedDictionary, 'N' | 'd' | 'form' | 'stride'> {
  readonly bytes: Uint8Array
}

/** N and d of a description. */
export function describedShape(description: DictionaryDescription): { N: number; d: number } {
  if (description.kind === 'reindexed') return describedShape(description.of)
  const { d } = description
  return { N: description.kind === 'dense' ? description.entries.length / d : description.N, d }
}

/**
 * Dictionaries as files in a folder of their own. A file is written once and never again: it is there until `release`, and what has
 * mapped it keeps it.
 */
export class DictionaryFiles {
  readonly #folder = runPath()
  readonly #arena = rademacherArena()
  readonly #open = new Map<number, string>()

  /** Write the dictionary with this number; undefined where it is there already. */
  announce(id: number, description: DictionaryDescription): AnnouncedDictionary | undefined {
    if (this.#open.has(id)) return undefined
    if (this.#open.size === 0) mkdirSync(this.#folder, { recursive: true })
    const { bytes, ...packed } = pack(description, this.#arena)
    const path = join(this.#folder, String(id))
    writeFileSync(path, bytes, { mode: 0o400 })
    this.#open.set(id, path)
    return { id, ...packed, path }
  }

  /** Remove the files of all dictionaries but these. */
  release(keep: ReadonlySet<number>): void {
    for (const [id, path] of this.#open) {
      if (keep.has(id)) continue
      this.#open.delete(id)
      remove(path)
    }
  }

  close(): void {
    this.#open.clear()
    remove(this.#folder)
  }
}

/** Windows removes no file that is mapped: the run's end does. */
function remove(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true })
  } catch {}
}

function pack(description: DictionaryDescription, arena: RademacherArena): Packed {
  switch (description.kind) {
    case 'drawn': {
      const { N, d, key } = description
      return signs(N, d, arena.draw(N, d, key).rows())
    }
    case 'signs':
      return signs(description.N, description.d, description.rows)
    case 'reindexed':
      return reordered(pack(description.of, arena), description.order)
    case 'dense': {
      const { N, d } = describedShape(description)
      return { N, d, form: 'float64', stride: 8 * d, bytes: bytesOf(description.entries) }
    }
  }
}

const signs = (N: number, d: number, rows: Int32Array): Packed => ({
  N,
  d,
  form: 'signs',
  stride: 4 * rowWords(d),
  bytes: bytesOf(rows),
})

function reordered(packed: Packed, order: Uint32Array): Packed {
  const { stride } = packed
  const bytes = new Uint8Array(order.length * stride)
  order.forEach((from, i) => {
    bytes.set(packed.bytes.subarray(from * stride, (from + 1) * stride), i * stride)
  })
  return { ...packed, bytes }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Int32Array | Float64Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength)
