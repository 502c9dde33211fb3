import { createHash } from 'node:crypto'
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { fileError } from '../io/file-error.js'
import { InputError } from '../io/input-error.js'

/** Bytes read at a time: a single read of 2 GiB throws, and a file never stands in memory twice. */
const PART = 2 ** 22

/** Bytes of a known length, read from the start in parts; a part is valid until the next. */
export interface Bytes {
  readonly length: number
  /** Parts of the bytes from `from` on, all but the last of a length that is a multiple of 8. */
  parts(from: number): Iterable<Uint8Array> | AsyncIterable<Uint8Array>
}

/** That this file is not what it should be. `reason` says in one line what is wrong. */
export const malformed = (path: string, reason: string): InputError =>
  new InputError(`cannot read '${path}': ${reason}`)

/** A pipe that nobody writes to would be waited for, before it can be seen that it is one. */
const READ_AT_ONCE = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/** A file that is open for reading, and its length when it was opened. */
export class OpenFile {
  readonly path: string
  readonly size: number
  readonly #file: number

  /** Throws InputError where there is no such file, or it is a folder, a pipe or a device. */
  constructor(path: string) {
    this.path = path
    try {
      this.#file = openSync(path, READ_AT_ONCE)
    } catch (error) {
      throw malformed(path, fileError(error))
    }
    const about = fstatSync(this.#file)
    this.size = about.size
    if (about.isFile()) return
    closeSync(this.#file)
    throw malformed(path, about.isDirectory() ? 'it is a folder' : 'it is not a file that can be read twice')
  }

  /** So many bytes from `from` on. Throws InputError where the file has become shorter. */
  read(from: number, length: number): Buffer {
    const bytes = Buffer.alloc(length)
    this.#fill(bytes, from)
    return bytes
  }

  /** The bytes from `from` to `to`. */
  section(from: number, to: number): Bytes {
    return { length: to - from, parts: (skipped) => this.#parts(from + skipped, to) }
  }

  /** SHA-256 of the whole file in hexadecimal, as `sha256sum` has it. */
  sha256(): string {
    const hash = createHash('sha256')
    for (const part of this.#parts(0, this.size)) hash.update(part)
    return hash.digest('hex')
  }

  close(): void {
    closeSync(this.#file)
  }

  *#parts(from: number, to: number): Generator<Uint8Array> {
    const part = Buffer.from(new ArrayBuffer(Math.min(PART, to - from)))
    for (let at = from; at < to; at += part.length) {
      const some = part.subarray(0, Math.min(part.length, to - at))
      this.#fill(some, at)
      yield some
    }
  }

  #fill(bytes: Uint8Array, from: number): void {
    for (let done = 0; done < bytes.length; ) {
      const read = this.#readSome(bytes, done, from)
      if (read === 0) throw malformed(this.path, 'it became shorter while it was read')
      done += read
    }
  }

  #readSome(bytes: Uint8Array, done: number, from: number): number {
    try {
      return readSync(this.#file, bytes, done, bytes.length - done, from + done)
    } catch (error) {
      throw malformed(this.path, fileError(error))
    }
  }
}

/** The first bytes, `length` of them or all there are. */
export async function head(bytes: Bytes, length: number): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let have = 0
  for await (const part of bytes.parts(0)) {
    parts.push(Uint8Array.from(part.subarray(0, length - have)))
    have += parts.at(-1)!.length
    if (have >= length) break
  }
  return Buffer.concat(parts)
}
