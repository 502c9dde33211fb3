import { crc32 } from 'node:zlib'

/** Numbers for numpy: of this shape, in C order; a scalar has shape []. */
export interface NumpyArray {
  readonly shape: readonly number[]
  readonly values: Int8Array | Int16Array | Int32Array | Float32Array | Float64Array
}

/**
 * A numpy .npz file: a zip of .npy files, stored without compression. Throws RangeError beyond 4 GiB, where zip ends.
 */
export function npz(arrays: Readonly<Record<string, NumpyArray>>): Uint8Array {
  const parts: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  for (const [name, array] of Object.entries(arrays)) {
    const content = npy(array)
    const file = Buffer.from(`${name}.npy`)
    if (offset + content.length > 0xffffffff) throw new RangeError('a case of more than 4 GiB has no .npz')
    const about = [u16(20), u16(0), u16(0), u32(DATE), u32(crc32(content))]
    const sizes = [u32(content.length), u32(content.length), u16(file.length), u16(0)]
    const local = Buffer.concat([u32(0x04034b50), ...about, ...sizes, file])
    directory.push(
      Buffer.concat([
        u32(0x02014b50),
        u16(20),
        ...about,
        ...sizes,
        u16(0),
        u16(0),
        u16(0),
        u32(0),
        u32(offset),
        file,
      ]),
    )
    parts.push(local, content)
    offset += local.length + content.length
  }
  const entries = Buffer.concat(directory)
  const count = directory.length
  const end = [
    u32(0x06054b50),
    u16(0),
    u16(0),
    u16(count),
    u16(count),
    u32(entries.length),
    u32(offset),
    u16(0),
  ]
  return Buffer.concat([...parts, entries, ...end])
}

/** 1980-01-01, 00:00: the same case is the same file. */
const DATE = 0x00210000

const u16 = (value: number): Uint8Array => Uint8Array.of(value & 0xff, value >>> 8)
const u32 = (value: number): Uint8Array => Buffer.concat([u16(value & 0xffff), u16(value >>> 16)])

/** A numpy .npy file, version 1.0 of the format: a header of one line, padded to 64 bytes, and the numbers. */
export function npy({ shape, values }: NumpyArray): Uint8Array {
  const { type, bytes } = encoded(values)
  const tuple = `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`
  const header = `{'descr': '${type}', 'fortran_order': False, 'shape': ${tuple}, }`
  const padded = header.padEnd(64 * Math.ceil((10 + header.length + 1) / 64) - 11)
  return Buffer.concat([
    Buffer.from('\x93NUMPY\x01\x00', 'latin1'),
    u16(padded.length + 1),
    Buffer.from(`${padded}\n`),
    bytes,
  ])
}

function encoded(values: NumpyArray['values']): { type: string; bytes: Uint8Array } {
  const kind = values instanceof Float32Array || values instanceof Float64Array ? 'f' : 'i'
  const width = values.BYTES_PER_ELEMENT
  const type = `${width === 1 ? '|' : '<'}${kind}${width}`
  return { type, bytes: new Uint8Array(values.buffer, values.byteOffset, values.byteLength) }
}
