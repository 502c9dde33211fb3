import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import { shown } from '../io/arguments.js'
import { type Bytes, malformed, type OpenFile } from './open-file.js'

export const ZIP_MAGIC = Buffer.from('PK\x03\x04', 'latin1')

/** A file in a zip. */
export interface ZipEntry {
  readonly name: string
  /** Its bytes; those read from 0 on are checked against the sum that the zip has of them. */
  readonly bytes: Bytes
}

const END = 0x06054b50
const END_64 = 0x06064b50
const LOCATOR_64 = 0x07064b50
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50
/** Of a file of fewer arrays than that, 2^16 names of 100 characters. */
const LARGEST_DIRECTORY = 2 ** 23
/** Deflate makes at most this many bytes of one. */
const MOST_DEFLATED = 1032

/**
 * The files in a zip (PKWARE APPNOTE 6.3.10, with its 64-bit sizes), stored or deflated, from its central directory.
 * Sizes and offsets are checked against the file's size. Throws InputError where it is no such zip.
 */
export function zipEntries(file: OpenFile): ZipEntry[] {
  const { count, from, size } = directoryOf(file)
  if (from + size > file.size) throw malformed(file.path, 'its list of files is not inside it')
  if (size > LARGEST_DIRECTORY || count * 46 > size) {
    throw malformed(file.path, `its list of ${count} files in ${size} bytes is none`)
  }
  const directory = file.read(from, size)
  const entries: ZipEntry[] = []
  for (let at = 0, n = 0; n < count; n++) {
    if (at + 46 > size || directory.readUInt32LE(at) !== ENTRY) {
      throw malformed(file.path, `its list of files ends after ${n} of ${count}`)
    }
    const end = at + 46 + directory.readUInt16LE(at + 28) + directory.readUInt16LE(at + 30)
    const next = end + directory.readUInt16LE(at + 32)
    if (next > size) throw malformed(file.path, `its list of files ends inside file ${n}`)
    entries.push(entryOf(file, directory.subarray(at, end)))
    at = next
  }
  if (new Set(entries.map(({ name }) => name)).size < count) {
    throw malformed(file.path, 'two of the files in it have the same name')
  }
  return entries
}

/** Where the list of files stands, by the record at the end of a zip, which a comment of at most 2^16 may follow. */
function directoryOf(file: OpenFile) {
  const length = Math.min(file.size, 22 + 0xffff)
  const tail = file.read(file.size - length, length)
  let at = length - 22
  while (at >= 0 && !(tail.readUInt32LE(at) === END && at + 22 + tail.readUInt16LE(at + 20) === length)) at--
  if (at < 0) throw malformed(file.path, 'it is a zip that is cut short: its list of files is missing')
  const plain = {
    count: tail.readUInt16LE(at + 10),
    size: tail.readUInt32LE(at + 12),
    from: tail.readUInt32LE(at + 16),
  }
  const locator = at - 20
  if (locator < 0 || tail.readUInt32LE(locator) !== LOCATOR_64) return plain
  const record = Number(tail.readBigUInt64LE(locator + 8))
  if (record + 56 > file.size) throw malformed(file.path, 'its list of files is not inside it')
  const wide = file.read(record, 56)
  if (wide.readUInt32LE(0) !== END_64) throw malformed(file.path, 'its list of files is not where it says')
  const number = (offset: number) => Number(wide.readBigUInt64LE(offset))
  return { count: number(32), size: number(40), from: number(48) }
}

/** One row of the list: fixed fields, the name, and extra fields. */
function entryOf(file: OpenFile, row: Buffer): ZipEntry {
  const nameEnd = 46 + row.readUInt16LE(28)
  const name = row.toString('utf8', 46, nameEnd)
  const fail = (reason: string): never => {
    throw malformed(file.path, `${shown(name)} in it ${reason}`)
  }
  const method = row.readUInt16LE(10)
  if (row.readUInt16LE(8) & 1) fail('is encrypted')
  if (method !== 0 && method !== 8) fail(`is compressed by method ${method}; stored and deflated are read`)
  const wide = wideFields(row.subarray(nameEnd))
  const field = (at: number): number => {
    const value = row.readUInt32LE(at)
    return value === 0xffffffff ? (wide.shift() ?? fail('has no size')) : value
  }
  const size = field(24)
  const packed = field(20)
  const local = field(42)
  if (local + 30 > file.size) fail('is not inside it')
  const header = file.read(local, 30)
  if (header.readUInt32LE(0) !== LOCAL) fail('is not where the list of files says')
  const from = local + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
  if (from + packed > file.size) fail('is cut short')
  if (method === 0 ? size !== packed : size > MOST_DEFLATED * packed + 64) {
    fail(`is said to be of ${size} bytes, which ${packed} cannot hold`)
  }
  const parts = method === 0 ? stored(file, from, size) : inflated(file, from, packed, size, fail)
  const sum = row.readUInt32LE(16)
  const checkedParts = (skipped: number) =>
    skipped === 0 ? parts(0) : afterHead(summed(parts(0), sum, fail), skipped)
  return { name, bytes: { length: size, parts: checkedParts } }
}

/** The 64-bit fields of a row, in the order in which its 32-bit fields ask for them. */
function wideFields(extra: Buffer): number[] {
  for (let at = 0; at + 4 <= extra.length; ) {
    const end = at + 4 + extra.readUInt16LE(at + 2)
    if (extra.readUInt16LE(at) === 1 && end <= extra.length) {
      const fields: number[] = []
      for (let field = at + 4; field + 8 <= end; field += 8) fields.push(Number(extra.readBigUInt64LE(field)))
      return fields
    }
    at = end
  }
  return []
}

type Parts = (from: number) => Iterable<Uint8Array> | AsyncIterable<Uint8Array>

const stored = (file: OpenFile, from: number, size: number): Parts => file.section(from, from + size).parts

function inflated(
  file: OpenFile,
  from: number,
  packed: number,
  size: number,
  fail: (reason: string) => never,
): Parts {
  return async function* () {
    const source = createReadStream(file.path, { start: from, end: from + packed - 1 })
    const inflate = createInflateRaw({ chunkSize: 2 ** 18 })
    pipeline(source, inflate, () => {})
    let done = 0
    try {
      for await (const part of inflate as AsyncIterable<Buffer>) {
        done += part.length
        if (done > size) fail(`is of more than the ${size} bytes that it is said to be of`)
        yield part
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code?.startsWith('Z_')) fail('is not what deflate writes')
      throw error
    } finally {
      source.destroy()
    }
    if (done < size) fail(`is of ${done} bytes, not the ${size} that it is said to be of`)
  }
}

async function* summed(
  parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  expected: number,
  fail: (reason: string) => never,
): AsyncGenerator<Uint8Array> {
  let sum = 0
  for await (const part of parts) {
    sum = crc32(part, sum)
    yield part
  }
  if (sum !== expected) fail('is damaged: its check sum is wrong')
}

async function* afterHead(parts: AsyncIterable<Uint8Array>, skipped: number): AsyncGenerator<Uint8Array> {
  let left = skipped
  for await (const part of parts) {
    const from = Math.min(left, part.length)
    left -= from
    if (from < part.length) yield part.subarray(from)
  }
}
