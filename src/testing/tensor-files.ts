import { deflateRawSync } from 'node:zlib'
import { npy, npz } from '../io/npz.js'

/** A dictionary of 4 codewords of length 3 whose entries every type has exactly. */
export const rows = [
  [1, -0.5, 3],
  [0.25, 2, -8],
  [0, 0.75, 1.5],
  [7, 6, 5],
]
export const flat = rows.flat()
export const transposed = [0, 1, 2].flatMap((j) => rows.map((row) => row[j]))

/** A .npy file by hand: its header as Python writes it, and the numbers. */
export function npyFile(
  descr: string,
  shape: string,
  data: Uint8Array,
  { fortran = 'False', version = 1 } = {},
): Buffer {
  const header = `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': ${shape}, }\n`
  const length = Buffer.alloc(version === 1 ? 2 : 4)
  length.writeUIntLE(header.length, 0, length.length)
  return Buffer.concat([
    Buffer.from([0x93]),
    Buffer.from('NUMPY'),
    Buffer.from([version, 0]),
    length,
    Buffer.from(header),
    data,
  ])
}

export const bytes = (
  array: Float32Array | Float64Array | Int32Array | Int16Array | Uint16Array | BigInt64Array,
) => Buffer.from(array.buffer)
export const f32 = (values: readonly number[]) => bytes(Float32Array.from(values))
export const bf16 = (values: readonly number[]) =>
  bytes(Uint16Array.from(new Uint32Array(Float32Array.from(values).buffer), (bits) => bits >>> 16))

export type Entries = Readonly<Record<string, { dtype: string; shape: readonly number[]; data: Uint8Array }>>

export function safetensorsFile(entries: Entries): Buffer {
  let at = 0
  const header: Record<string, unknown> = { __metadata__: { format: 'pt' } }
  for (const [name, { dtype, shape, data }] of Object.entries(entries)) {
    header[name] = { dtype, shape, data_offsets: [at, at + data.length] }
    at += data.length
  }
  return headed(JSON.stringify(header), ...Object.values(entries).map(({ data }) => data))
}

/** Any header, whatever its own length says. */
export function headed(header: string, ...data: Uint8Array[]): Buffer {
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(Buffer.byteLength(header)))
  return Buffer.concat([length, Buffer.from(header), ...data])
}

export const npzFile = (): Buffer =>
  Buffer.from(npz({ W_dec: { shape: [4, 3], values: Float32Array.from(flat) } }))

/** The same, deflated, as numpy's savez_compressed writes it; `claim` is the size that it says. */
export function deflatedNpz(claim?: number): Buffer {
  const content = Buffer.from(npy({ shape: [4, 3], values: Float32Array.from(flat) }))
  const packed = deflateRawSync(content)
  const plain = Buffer.from(npz({ W_dec: { shape: [4, 3], values: Float32Array.from(flat) } }))
  const from = 30 + 'W_dec.npy'.length
  const directory = Buffer.from(plain.subarray(from + content.length))
  const local = Buffer.from(plain.subarray(0, from))
  const start = from + packed.length
  local.writeUInt16LE(8, 8)
  directory.writeUInt16LE(8, 10)
  directory.writeUInt32LE(packed.length, 20)
  directory.writeUInt32LE(claim ?? content.length, 24)
  directory.writeUInt32LE(start, directory.length - 6)
  return Buffer.concat([local, packed, directory])
}
