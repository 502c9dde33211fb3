import { InputError } from '../io/input-error.js'
import { gibText } from '../io/quantity-text.js'
import { Float32Store, filler, MOST_STORE_BYTES, storeBytes } from '../kernels/float32/store.js'
import { dictionaryTensor, type Orientation, orientationOf } from '../tensors/known-names.js'
import { openTensors } from '../tensors/open-tensors.js'
import type { Tensor } from '../tensors/tensor.js'
import { Float32Dictionary } from './float32-dictionary.js'
import { type Encoder, encoderName, readEncoder } from './read-encoder.js'

/** Which matrix of a file is the dictionary, and how it stands there. @since 0.2.0 */
export interface ReadOptions {
  /** The name of the tensor. @defaultValue the one of a known name (`W_dec`, `decoder.weight`), or the only matrix */
  readonly tensor?: string | undefined
  /** Whether codewords are its rows or its columns. @defaultValue what a known name says */
  readonly orientation?: Orientation | undefined
  /** Whether to read the encoder too, where there is one. @defaultValue `false` */
  readonly encoder?: boolean | undefined
}

/** A dictionary read from a file. @since 0.2.0 */
export interface GivenDictionary {
  /** Codewords as the file has them, of whatever norm, as float32. */
  readonly dictionary: Float32Dictionary
  /** The file that the tensor stands in: a shard where an index was given. */
  readonly file: string
  /** Of that file, in hexadecimal. */
  readonly sha256: string
  /** The tensor's name; undefined where the file holds one array without a name. */
  readonly tensor: string | undefined
  readonly orientation: Orientation
  /** What the orientation was chosen by: the tensor's name, or the option. */
  readonly orientationBy: 'name' | 'option'
  /** How the file has its numbers: `float32`, `bfloat16`, …, `text`. */
  readonly dtype: string
  readonly N: number
  readonly d: number
  /** What the weights of the autoencoder's encoder are called; undefined where the file has none. */
  readonly encoderName: string | undefined
  /** The autoencoder's encoder, where it was asked for and the file has one. */
  readonly encoder?: Encoder
}

/**
 * The dictionary in a file: .npy, .npz, .safetensors (or the index of its shards), .csv or .tsv; float64, 32 and 16,
 * bfloat16 or integers, of either byte order, in C or Fortran order. The file is read in parts and kept once, as
 * float32: doubles and large integers are rounded. Its size is checked against what it claims before memory is taken.
 *
 * @throws InputError, one line, where the file is malformed, holds a number that is not finite or too large for
 * float32, or leaves open which tensor or orientation is meant
 * @since 0.2.0
 */
export async function readDictionary(path: string, options: ReadOptions = {}): Promise<GivenDictionary> {
  const { tensors, close } = await openTensors(path)
  try {
    const tensor = dictionaryTensor(path, tensors, options.tensor)
    const { orientation, by } = orientationOf(tensor, options.orientation)
    const dictionary = await matrix(tensor, orientation)
    const { size: N, dimension: d } = dictionary
    const encoder = options.encoder ? await readEncoder(path, tensors, tensor, N, d, matrix) : undefined
    return {
      dictionary,
      file: tensor.path,
      sha256: tensor.sha256(),
      tensor: tensor.name,
      orientation,
      orientationBy: by,
      dtype: tensor.dtype,
      N,
      d,
      encoderName: encoderName(tensors, tensor),
      ...(encoder && { encoder }),
    }
  } finally {
    close()
  }
}

/** A matrix as a dictionary of its rows or columns. */
async function matrix(tensor: Tensor, orientation: Orientation): Promise<Float32Dictionary> {
  const { shape, fortran, path } = tensor
  const [N, d] = orientation === 'rows' ? shape : shape.toReversed()
  if (N < 1 || d < 1)
    throw new InputError(`'${path}' holds ${N} codewords of length ${d}: both must be at least 1`)
  const bytes = storeBytes(N, d)
  if (bytes > MOST_STORE_BYTES) {
    throw new InputError(
      `'${path}' takes ${gibText(bytes)} as float32; at most ${gibText(MOST_STORE_BYTES)} are read`,
    )
  }
  const store = new Float32Store(N, d)
  const take = filler(store, (orientation === 'rows') === fortran ? 'codeword' : 'coordinate')
  for await (const values of tensor.values()) {
    const bad = take(values)
    if (bad !== undefined) {
      const where = `coordinate ${bad.coordinate} of codeword ${bad.row}`
      throw new InputError(`'${path}': ${where} is not a finite number, or too large for float32`)
    }
  }
  return new Float32Dictionary(store)
}
