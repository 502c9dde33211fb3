import { delimitedTensor } from './delimited.js'
import { NPY_MAGIC, npyTensor } from './npy.js'
import { malformed, OpenFile } from './open-file.js'
import { safetensors, shardedTensors } from './safetensors.js'
import type { Tensor } from './tensor.js'
import { ZIP_MAGIC, zipEntries } from './zip.js'

/** The tensors of a file, and how to be done with it. */
export interface OpenTensors {
  readonly tensors: readonly Tensor[]
  close(): void
}

/**
 * The tensors of a .npy, .npz, .safetensors, model.safetensors.index.json, .csv or .tsv file; the first two are known
 * by their content. Nothing but headers is read, and only text has been read through. Throws InputError, one line,
 * where the file is none of these or is malformed.
 */
export async function openTensors(path: string): Promise<OpenTensors> {
  const files: OpenFile[] = []
  const open = (one: string): OpenFile => {
    files.push(new OpenFile(one))
    return files.at(-1)!
  }
  const close = () => {
    for (const file of files) file.close()
  }
  try {
    return { tensors: await tensorsOf(open(path), open), close }
  } catch (error) {
    close()
    throw error
  }
}

async function tensorsOf(file: OpenFile, open: (path: string) => OpenFile): Promise<Tensor[]> {
  const { path } = file
  if (file.size === 0) throw malformed(path, 'it is empty')
  const start = file.read(0, Math.min(file.size, 9))
  const begins = (magic: Buffer) => start.subarray(0, magic.length).equals(magic)
  const whole = { name: undefined, path, bytes: file.section(0, file.size), sha256: () => file.sha256() }
  if (begins(NPY_MAGIC)) return [await npyTensor(whole)]
  if (begins(ZIP_MAGIC)) return npzTensors(file)
  if (path.endsWith('.index.json')) return shardedTensors(path, open)
  if (path.endsWith('.safetensors') || start[8] === 0x7b) return safetensors(file)
  if (/\.(csv|tsv)$/.test(path)) return [delimitedTensor(file)]
  if (isPickle(path, start)) throw malformed(path, PICKLE)
  throw malformed(path, 'it is none of .npy, .npz, .safetensors, model.safetensors.index.json, .csv and .tsv')
}

async function npzTensors(file: OpenFile): Promise<Tensor[]> {
  const { path } = file
  const entries = zipEntries(file)
  if (entries.some(({ name }) => /(^|\/)data\.pkl$/.test(name))) throw malformed(path, PICKLE)
  const tensors: Tensor[] = []
  for (const { name, bytes } of entries) {
    if (!name.endsWith('.npy')) continue
    tensors.push(await npyTensor({ name: name.slice(0, -4), path, bytes, sha256: () => file.sha256() }))
  }
  if (tensors.length === 0) throw malformed(path, 'it is a zip without a .npy file in it')
  return tensors
}

/** PyTorch's older format begins with a pickle of protocol 2. */
const isPickle = (path: string, start: Buffer): boolean =>
  /\.(pt|pth|ckpt|pkl|pickle|bin)$/.test(path) || (start[0] === 0x80 && start[1] >= 2 && start[1] <= 5)

const PICKLE =
  'it is a pickle, which can run any program when it is read. Two lines of Python save it as safetensors: ' +
  '`import torch, safetensors.torch as s` and `s.save_file({k: v.contiguous() for k, v in ' +
  'torch.load("sae.pt", weights_only=True).items()}, "sae.safetensors")`'
