import { bytesOf, type Dtype, toFloat32 } from './dtypes.js'
import type { Bytes } from './open-file.js'

/** A tensor in a file: what is known of it before its elements are read. */
export interface Tensor {
  /** Its name in the file; undefined where the file holds one without a name. */
  readonly name: string | undefined
  /** `text` in CSV; `other` where its elements cannot be read. */
  readonly dtype: Dtype | 'text' | 'other'
  readonly shape: readonly number[]
  /** Whether the first index runs fastest (Fortran), not the last (C). */
  readonly fortran: boolean
  /** The path of the file that it stands in. */
  readonly path: string
  /** SHA-256 of that file. */
  sha256(): string
  /** Its elements as float32 in the order of the file, in parts; a part is valid until the next. */
  values(): AsyncIterable<Float32Array>
}

/** The product of a shape: the number of elements. */
export const elementsOf = (shape: readonly number[]): number =>
  shape.reduce((product, length) => product * length, 1)

/** A shape as it is written: `4096 × 100`. */
export const shapeText = (shape: readonly number[]): string =>
  shape.length === 0 ? 'a single number' : shape.length === 1 ? `length ${shape[0]}` : shape.join(' × ')

const WIDEST = 8

/** The elements that stand in these bytes from `from` on. */
export async function* elements(
  bytes: Bytes,
  from: number,
  dtype: Dtype,
  bigEndian: boolean,
): AsyncGenerator<Float32Array> {
  const width = bytesOf[dtype]
  let held = 0
  let room = new Uint8Array(new ArrayBuffer(0))
  let out = new Float32Array(0)
  for await (const part of bytes.parts(from)) {
    if (room.length < part.length + WIDEST) {
      const grown = new Uint8Array(new ArrayBuffer(part.length + WIDEST))
      grown.set(room.subarray(0, held))
      room = grown
      out = new Float32Array(Math.ceil(room.length / width))
    }
    room.set(part, held)
    const have = held + part.length
    const whole = have - (have % width)
    const values = out.subarray(0, whole / width)
    toFloat32(room.subarray(0, whole), dtype, bigEndian, values)
    if (values.length > 0) yield values
    room.copyWithin(0, whole, have)
    held = have - whole
  }
}
