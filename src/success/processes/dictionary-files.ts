import { closeSync, mkdirSync, openSync, rmSync, unlinkSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { type DictionaryDescription, denseDescription, dictionaryFrom } from '../../codes/description.js'
import { type RademacherArena, rademacherArena } from '../../codes/rademacher.js'
import { InputError } from '../../io/input-error.js'
import { gibText } from '../../io/quantity-text.js'
import { rowWords } from '../../kernels/layout.js'
import type { DescribedProblem } from './host-protocol.js'
import { memoryPath, runPath } from './run-folder.js'

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
  /** Where it begins in a file of many; at the start of one of its own where this is not given. */
  readonly offset?: number
}

/** Codewords as the bytes of a file, some of them in the arena's memory until its next use. */
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
 * Dictionaries as files in a folder of their own. Each is there until `release`. A file of one dictionary is written
 * once and never again, and what has mapped it keeps it. Small ones share a file where that is allowed: to make and
 * remove a file takes longer than to draw its content.
 */
export class DictionaryFiles {
  readonly #folder = runPath()
  readonly #memory = memoryPath()
  readonly #made = new Set<string>()
  readonly #arena = rademacherArena()
  readonly #open = new Map<number, AnnouncedDictionary>()
  #shared: SharedFile | undefined
  /** Dictionaries of the last message. */
  #known: ReadonlySet<number> = new Set()

  /**
   * What to tell a program of before a message over these dictionaries: it has those of the message before.
   * @param shared whether the program reads dictionaries within a file of many
   */
  announce(dictionaries: readonly DescribedProblem['dictionary'][], shared: boolean): AnnouncedDictionary[] {
    const known = this.#known
    this.#known = new Set(dictionaries.map(({ id }) => id))
    const fresh = new Map(dictionaries.filter(({ id }) => !known.has(id)).map((one) => [one.id, one]))
    return [...fresh.values()].map(({ id, description }) => {
      const one = this.#open.get(id) ?? this.#written(id, description!, shared)
      this.#open.set(id, one)
      return one
    })
  }

  /** Remove the files of all dictionaries but these and those of the last message, which the next may be over. */
  release(keep: ReadonlySet<number>): void {
    for (const [id, { path, offset }] of this.#open) {
      if (keep.has(id) || this.#known.has(id)) continue
      this.#open.delete(id)
      if (offset === undefined) attempt(() => unlinkSync(path))
      else this.#shared!.free(offset)
    }
  }

  /** Remove all files: whatever the next message is over is announced. */
  releaseAll(): void {
    this.#known = new Set()
    this.release(new Set())
  }

  close(): void {
    this.#open.clear()
    this.#shared?.close()
    this.#shared = undefined
    remove(this.#folder)
    if (this.#memory !== undefined) remove(this.#memory)
  }

  #written(id: number, description: DictionaryDescription, shared: boolean): AnnouncedDictionary {
    const { bytes, ...packed } = pack(description, this.#arena)
    return { id, ...packed, ...this.#write(String(id), bytes, shared) }
  }

  #write(name: string, bytes: Uint8Array, shared: boolean): Pick<AnnouncedDictionary, 'path' | 'offset'> {
    if (bytes.length <= SMALL && (shared || this.#memory !== undefined)) {
      try {
        if (shared) return this.#writeShared(bytes)
        return { path: this.#writeIn(this.#memory!, name, bytes) }
      } catch {
        // It is full.
      }
    }
    return { path: this.#writeIn(this.#folder, name, bytes) }
  }

  #writeShared(bytes: Uint8Array): { path: string; offset: number } {
    this.#shared ??= new SharedFile(this.#pathIn(this.#memory ?? this.#folder, 'shared'))
    return { path: this.#shared.path, offset: this.#shared.write(bytes) }
  }

  #writeIn(folder: string, name: string, bytes: Uint8Array): string {
    const path = this.#pathIn(folder, name)
    writeFileSync(path, bytes, { mode: 0o400 })
    return path
  }

  #pathIn(folder: string, name: string): string {
    if (!this.#made.has(folder)) mkdirSync(folder, { recursive: true })
    this.#made.add(folder)
    return join(folder, name)
  }
}

/** A file of small dictionaries in places of equal size, which are used again. */
class SharedFile {
  readonly path: string
  readonly #file: number
  readonly #free: number[] = []
  #places = 0

  constructor(path: string) {
    this.path = path
    this.#file = openSync(path, 'wx', 0o600)
  }

  /** Write a dictionary of at most `SMALL` bytes, and say where it begins. Throws where there is no room. */
  write(bytes: Uint8Array): number {
    const offset = this.#free.at(-1) ?? SMALL * this.#places
    if (writeSync(this.#file, bytes, 0, bytes.length, offset) < bytes.length)
      throw new Error('there is no room')
    if (this.#free.pop() === undefined) this.#places++
    return offset
  }

  /** The place of a dictionary may be written again. */
  free(offset: number): void {
    this.#free.push(offset)
  }

  close(): void {
    closeSync(this.#file)
  }
}

/** A dictionary of no more bytes is kept in memory, where there is room. */
const SMALL = 2 ** 20

const remove = (folder: string): void => attempt(() => rmSync(folder, { recursive: true, force: true }))

/** Windows removes no file that is mapped: the run's end does. */
function attempt(act: () => void): void {
  try {
    act()
  } catch {}
}

function pack(description: DictionaryDescription, arena: RademacherArena): Packed {
  switch (description.kind) {
    case 'drawn': {
      const { N, d, key } = description
      return signs(N, d, arena.draw(N, d, key).rowsNow())
    }
    case 'signs':
      return signs(description.N, description.d, description.rows)
    case 'reindexed':
      return reordered(pack(description.of, arena), description.order)
    case 'coupled':
      return pack(asDense(description, arena), arena)
    case 'dense': {
      const { N, d } = describedShape(description)
      return { N, d, form: 'float64', stride: 8 * d, bytes: bytesOf(description.entries) }
    }
  }
}

/** A file of a dictionary has at most so many bytes: more are not written at a time. */
const LARGEST = 2 ** 31 - 1

/** Programs know signs and doubles alone. */
function asDense(description: DictionaryDescription, arena: RademacherArena): DictionaryDescription {
  const { N, d } = describedShape(description)
  if (8 * N * d > LARGEST) {
    throw new InputError(
      `N = ${N}, d = ${d} takes ${gibText(8 * N * d)} as doubles, and a program is given at most 2 GiB`,
    )
  }
  return denseDescription(dictionaryFrom(description, arena))
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
