import { shown } from '../io/arguments.js'
import { bytesOf, type Dtype, numpyDtypes } from './dtypes.js'
import { type Bytes, head, malformed } from './open-file.js'
import { elements, elementsOf, type Tensor } from './tensor.js'

export const NPY_MAGIC = Buffer.from('\x93NUMPY', 'latin1')

/** numpy itself refuses headers of more than 10,000 characters. */
const LONGEST_HEADER = 2 ** 16

/** What is about the bytes of an array in numpy's format. */
export interface NpyPlace {
  readonly name: string | undefined
  readonly path: string
  readonly bytes: Bytes
  sha256(): string
}

/**
 * The array of a numpy .npy file (versions 1 to 3 of the format, numpy.lib.format). Throws InputError where it is not
 * one, or its length is not that of its shape; nothing is allotted before.
 */
export async function npyTensor({ name, path, bytes, sha256 }: NpyPlace): Promise<Tensor> {
  const inside = name === undefined ? '' : `${shown(name)} in it: `
  const fail = (reason: string): never => {
    throw malformed(path, inside + reason)
  }
  const start = await head(bytes, 12)
  if (!start.subarray(0, 6).equals(NPY_MAGIC)) fail('it does not begin as a .npy file does')
  if (start.length < 12) fail('it is cut short in its header')
  const version = start[6]
  if (version < 1 || version > 3) fail(`its version of the .npy format is ${version}, not 1, 2 or 3`)
  const length = version === 1 ? start.readUInt16LE(8) : start.readUInt32LE(8)
  const from = (version === 1 ? 10 : 12) + length
  if (from > bytes.length) fail(`its header of ${length} bytes is longer than the file`)
  if (length > LONGEST_HEADER) fail(`its header of ${length} bytes is longer than any of numpy's`)
  const header = (await head(bytes, from)).toString('latin1', version === 1 ? 10 : 12)
  const { dtype, bigEndian, fortran, shape } = parseHeader(header, fail)
  const needed = elementsOf(shape) * bytesOf[dtype]
  if (needed !== bytes.length - from) {
    fail(`shape (${shape.join(', ')}) of ${dtype} takes ${needed} bytes, and ${bytes.length - from} follow`)
  }
  const values = () => elements(bytes, from, dtype, bigEndian)
  return { name, dtype, shape, fortran, path, sha256, values }
}

/** The header is a Python dictionary, of which numpy writes one form only. */
const HEADER =
  /^\{\s*'descr':\s*'([^']{0,40})',\s*'fortran_order':\s*(True|False),\s*'shape':\s*\(([\d,\sL]*)\),?\s*\}\s*$/

function parseHeader(text: string, fail: (reason: string) => never) {
  if (/'descr':\s*\[/.test(text)) fail('its elements are records; an array of plain numbers is needed')
  const match = HEADER.exec(text)
  if (match === null) return fail('its header is not as numpy writes it')
  const [, descr, order, tuple] = match
  const shape = tuple
    .split(',')
    .map((one) => one.replace('L', '').trim())
    .filter((one, i, all) => one !== '' || i < all.length - 1)
    .map(Number)
  if (shape.some((one) => !Number.isSafeInteger(one))) fail(`its shape (${tuple.trim()}) is none`)
  const dtype = numpyDtypes.get(descr.slice(1)) as Dtype
  if (!/^[<>|=]/.test(descr) || dtype === undefined) {
    fail(`elements of type ${shown(descr)} are not read; float64, 32, 16 and integers are`)
  }
  return { dtype, bigEndian: descr[0] === '>', fortran: order === 'True', shape }
}
