/** How an element of a tensor is stored. */
export type Dtype =
  | 'float64'
  | 'float32'
  | 'float16'
  | 'bfloat16'
  | 'int64'
  | 'int32'
  | 'int16'
  | 'int8'
  | 'uint64'
  | 'uint32'
  | 'uint16'
  | 'uint8'

export const bytesOf: Readonly<Record<Dtype, number>> = {
  float64: 8,
  float32: 4,
  float16: 2,
  bfloat16: 2,
  int64: 8,
  int32: 4,
  int16: 2,
  int8: 1,
  uint64: 8,
  uint32: 4,
  uint16: 2,
  uint8: 1,
}

/** As safetensors calls them. */
export const safetensorsDtypes: ReadonlyMap<string, Dtype> = new Map([
  ['F64', 'float64'],
  ['F32', 'float32'],
  ['F16', 'float16'],
  ['BF16', 'bfloat16'],
  ['I64', 'int64'],
  ['I32', 'int32'],
  ['I16', 'int16'],
  ['I8', 'int8'],
  ['U64', 'uint64'],
  ['U32', 'uint32'],
  ['U16', 'uint16'],
  ['U8', 'uint8'],
])

/** As numpy calls them, without the sign of the byte order; numpy has no bfloat16. */
export const numpyDtypes: ReadonlyMap<string, Dtype> = new Map([
  ['f8', 'float64'],
  ['f4', 'float32'],
  ['f2', 'float16'],
  ['i8', 'int64'],
  ['i4', 'int32'],
  ['i2', 'int16'],
  ['i1', 'int8'],
  ['u8', 'uint64'],
  ['u4', 'uint32'],
  ['u2', 'uint16'],
  ['u1', 'uint8'],
])

/**
 * Elements as float32, the nearest of them: `out[i]` for every whole element of `bytes`. What is beyond its range
 * becomes infinite.
 *
 * @param bytes from an address that is a multiple of 8 on; its byte order is changed in place where it is another
 */
export function toFloat32(
  bytes: Uint8Array<ArrayBuffer>,
  dtype: Dtype,
  bigEndian: boolean,
  out: Float32Array,
): void {
  const width = bytesOf[dtype]
  const length = bytes.length / width
  if (bigEndian !== machineIsBigEndian) swap(bytes, width)
  const { buffer, byteOffset: at } = bytes
  const halves = () => new Uint16Array(buffer, at, length)
  const words = () => new Uint32Array(buffer, at, 2 * length)
  switch (dtype) {
    case 'float16':
      for (let i = 0, from = halves(); i < length; i++) out[i] = halfs()[from[i]]
      return
    case 'bfloat16':
      fromBfloat16(halves(), out)
      return
    case 'int64':
    case 'uint64':
      fromInt64(words(), dtype === 'int64', out)
      return
    default:
      out.set(new arrays[dtype](buffer, at, length))
  }
}

const arrays = {
  float64: Float64Array,
  float32: Float32Array,
  int32: Int32Array,
  int16: Int16Array,
  int8: Int8Array,
  uint32: Uint32Array,
  uint16: Uint16Array,
  uint8: Uint8Array,
} as const

const machineIsBigEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 0

function swap(bytes: Uint8Array, width: number): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (width === 2) buffer.swap16()
  else if (width === 4) buffer.swap32()
  else if (width === 8) buffer.swap64()
}

function fromBfloat16(from: Uint16Array, out: Float32Array): void {
  const bits = new Uint32Array(out.buffer, out.byteOffset, from.length)
  for (let i = 0; i < from.length; i++) bits[i] = from[i] << 16
}

function fromInt64(words: Uint32Array, signed: boolean, out: Float32Array): void {
  const high = machineIsBigEndian ? 0 : 1
  for (let i = 0, at = 0; at < words.length; i++, at += 2) {
    const top = signed ? words[at + high] | 0 : words[at + high]
    out[i] = top * 2 ** 32 + words[at + 1 - high]
  }
}

let table: Float32Array | undefined

/** The value of each of the 2^16 half-precision numbers. */
function halfs(): Float32Array {
  table ??= Float32Array.from({ length: 2 ** 16 }, (_, bits) => {
    const exponent = (bits >> 10) & 31
    const fraction = (bits & 1023) / 1024
    const size =
      exponent === 31
        ? fraction === 0
          ? Infinity
          : NaN
        : exponent === 0
          ? fraction * 2 ** -14
          : (1 + fraction) * 2 ** (exponent - 15)
    return bits >> 15 ? -size : size
  })
  return table
}
