import { dirname, join } from 'node:path'
import { z } from 'zod'
import { shown } from '../io/arguments.js'
import { checked, readJson } from '../io/read-json.js'
import { bytesOf, safetensorsDtypes } from './dtypes.js'
import { malformed, type OpenFile } from './open-file.js'
import { elements, elementsOf, type Tensor } from './tensor.js'

/** The format itself allows 100 MB; this is room for 10^5 tensors. */
const LONGEST_HEADER = 2 ** 24

const extent = z.int().min(0)
const entry = z.object({
  dtype: z.string(),
  shape: z.array(extent).max(8),
  data_offsets: z.tuple([extent, extent]),
})
const header = z.record(z.string(), z.unknown())
const index = z.object({ weight_map: z.record(z.string(), z.string()) })

/**
 * The tensors of a safetensors file. Lengths and offsets are checked against the file's size, and the tensors must
 * cover it without gap or overlap, as the format has it. Throws InputError where they do not.
 */
export function safetensors(file: OpenFile): Tensor[] {
  const fail = (reason: string): never => {
    throw malformed(file.path, reason)
  }
  if (file.size < 10) fail('it is too short for a safetensors file')
  const length = Number(file.read(0, 8).readBigUInt64LE())
  if (length + 8 > file.size) fail(`its header of ${length} bytes is longer than the file`)
  if (length > LONGEST_HEADER) fail(`its header of ${length} bytes is longer than ${LONGEST_HEADER}`)
  const text = file.read(8, length).toString('utf8')
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    fail('its header is not JSON')
  }
  const tensors = Object.entries(checked(header, json, `the header of '${file.path}'`))
    .filter(([name]) => name !== '__metadata__')
    .map(([name, value]) => ({ name, ...checked(entry, value, `${shown(name)} in '${file.path}'`) }))
    .sort((a, b) => a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1])
  const start = 8 + length
  let at = 0
  for (const { name, data_offsets } of tensors) {
    if (data_offsets[0] !== at || data_offsets[1] < at) {
      fail(`${shown(name)} stands at ${data_offsets.join(' to ')}, where ${at} was to come next`)
    }
    at = data_offsets[1]
  }
  if (start + at !== file.size)
    fail(`its tensors take ${at} bytes, and ${file.size - start} follow its header`)
  return tensors.map((one) => tensorOf(file, start, one))
}

function tensorOf(file: OpenFile, start: number, one: z.infer<typeof entry> & { name: string }): Tensor {
  const { name, shape } = one
  const dtype = safetensorsDtypes.get(one.dtype)
  if (dtype === undefined) return unreadable(file, one)
  const [from, to] = one.data_offsets
  const needed = elementsOf(shape) * bytesOf[dtype]
  if (needed !== to - from) {
    throw malformed(
      file.path,
      `${shown(name)} of shape [${shape.join(', ')}] and ${dtype} takes ${needed} bytes, and has ${to - from}`,
    )
  }
  const bytes = file.section(start + from, start + to)
  const values = () => elements(bytes, 0, dtype, false)
  return { name, dtype, shape, fortran: false, path: file.path, sha256: () => file.sha256(), values }
}

/** A tensor that only its own use makes an error: quantised weights may stand beside a dictionary. */
const unreadable = (
  file: OpenFile,
  { name, dtype, shape }: z.infer<typeof entry> & { name: string },
): Tensor => ({
  name,
  dtype: 'other',
  shape,
  fortran: false,
  path: file.path,
  sha256: () => file.sha256(),
  values: () => {
    throw malformed(
      file.path,
      `${shown(name)} is of type ${shown(dtype)}; F64, F32, F16, BF16 and integers are read`,
    )
  },
})

/** More files than that are no dictionary's. */
const MOST_SHARDS = 1000

/**
 * The tensors of the files that a model.safetensors.index.json lists, which stand in its folder. `open` keeps what is
 * opened, to be closed. Throws InputError where a file or a tensor is missing.
 */
export function shardedTensors(path: string, open: (path: string) => OpenFile): Tensor[] {
  const { weight_map } = readJson(path, 'the index', index)
  const shards = [...new Set(Object.values(weight_map))]
  if (shards.length > MOST_SHARDS) throw malformed(path, `it lists ${shards.length} files`)
  const outside = shards.find((shard) => /[/\\\0]/.test(shard) || shard === '..' || shard === '')
  if (outside !== undefined) throw malformed(path, `${shown(outside)} is no file of its folder`)
  return shards.flatMap((shard) => {
    const listed = new Set(Object.keys(weight_map).filter((name) => weight_map[name] === shard))
    const file = open(join(dirname(path), shard))
    const held = safetensors(file)
    const missing = [...listed].find((one) => !held.some(({ name }) => name === one))
    if (missing !== undefined)
      throw malformed(file.path, `${shown(missing)}, which the index lists, is not in it`)
    return held.filter(({ name }) => listed.has(name!))
  })
}
