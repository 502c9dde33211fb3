import { createHash } from 'node:crypto'
import { rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { npy } from '../io/npz.js'
import { Float32Store } from '../kernels/float32/store.js'
import { inner } from '../numerics/inner.js'
import { tempFolder } from '../testing/temp-folder.js'
import {
  bf16,
  bytes,
  deflatedNpz,
  f32,
  flat,
  npyFile,
  npzFile,
  rows,
  safetensorsFile,
  transposed,
} from '../testing/tensor-files.js'
import { encoderRefusal } from './encoder-config.js'
import { Float32Dictionary } from './float32-dictionary.js'
import { describeFile } from './model/open-model.js'
import { type ReadOptions, readDictionary } from './read-dictionary.js'

const folder = tempFolder()

function file(name: string, content: Uint8Array | string): string {
  writeFileSync(folder.path(name), content)
  return folder.path(name)
}

const read = async (path: string, options?: ReadOptions) => {
  const given = await readDictionary(path, options)
  return { ...given, codewords: Array.from({ length: given.N }, (_, i) => [...given.dictionary.codeword(i)]) }
}

const byRows = { orientation: 'rows' } as const

test.each([
  ['float64', '<f8', bytes(Float64Array.from(flat)), byRows],
  ['float64', '>f8', bytes(Float64Array.from(flat)).swap64(), byRows],
  ['float32', '<f4', f32(flat), byRows],
  ['float32', '>f4', f32(flat).swap32(), byRows],
  ['float32', '<f4', f32(transposed), { fortran: 'True', ...byRows }],
  ['float16', '<f2', bytes(Uint16Array.from(flat, half)), byRows],
  ['float16', '>f2', bytes(Uint16Array.from(flat, half)).swap16(), byRows],
])(
  'numpy arrays of %s (%s) in either byte order and either order of indices',
  async (dtype, descr, data, options) => {
    const { orientation, ...order } = { fortran: 'False', ...options }
    const path = file('a.npy', npyFile(descr, '(4, 3)', data, order))
    const given = await read(path, { orientation })
    expect(given).toMatchObject({
      N: 4,
      d: 3,
      dtype,
      codewords: rows,
      orientationBy: 'option',
      tensor: undefined,
    })
    const turned = await read(path, { orientation: 'columns' })
    expect(turned.codewords.flat()).toEqual(transposed)
  },
)

/** A half-precision number, for numbers that are one and not too small. */
function half(value: number): number {
  if (value === 0) return 0
  const exponent = Math.floor(Math.log2(Math.abs(value)))
  return (value < 0 ? 0x8000 : 0) | ((exponent + 15) << 10) | ((Math.abs(value) / 2 ** exponent - 1) * 1024)
}

test('integers, signed and not, up to 64 bits', async () => {
  const whole = [1, -2, 3, 40000, -5, 6]
  const wide = file('i8.npy', npyFile('<i8', '(2, 3)', bytes(BigInt64Array.from(whole, BigInt))))
  expect((await read(wide, byRows)).codewords.flat()).toEqual(whole)
  const big = file('i8b.npy', npyFile('>i8', '(2, 3)', bytes(BigInt64Array.from(whole, BigInt)).swap64()))
  expect((await read(big, byRows)).codewords.flat()).toEqual(whole)
  const unsigned = file('u2.npy', npyFile('<u2', '(2, 3)', bytes(Uint16Array.from([1, 2, 3, 4, 5, 65535]))))
  expect((await read(unsigned, byRows)).codewords.flat()).toEqual([1, 2, 3, 4, 5, 65535])
  const small = file('i1.npy', npy({ shape: [2, 2], values: Int8Array.of(1, -128, 127, 0) }))
  expect((await read(small, byRows)).codewords.flat()).toEqual([1, -128, 127, 0])
})

test('arrays of a zip, stored or deflated, and the hash of the file', async () => {
  for (const content of [npzFile(), deflatedNpz()]) {
    const given = await read(file('params.npz', content))
    expect(given).toMatchObject({
      tensor: 'W_dec',
      orientation: 'rows',
      orientationBy: 'name',
      codewords: rows,
    })
    expect(given.sha256).toBe(createHash('sha256').update(content).digest('hex'))
  }
})

const wide = (values: readonly number[], shape: readonly number[]) => ({
  dtype: 'F32',
  shape,
  data: f32(values),
})
const encoderRows = flat.map((entry) => entry + 1)
const encoderColumns = transposed.map((entry) => entry + 1)

test('SAELens and Gemma Scope: a bfloat16 decoder and a float32 encoder without options', async () => {
  const path = file(
    'sae_weights.safetensors',
    safetensorsFile({
      W_enc: wide(encoderColumns, [3, 4]),
      b_enc: wide([1, 2, 3, 4], [4]),
      W_dec: { dtype: 'BF16', shape: [4, 3], data: bf16(flat) },
      b_dec: wide([5, 6, 7], [3]),
      threshold: wide([0.5, 1, 1.5, 2], [4]),
    }),
  )
  const given = await read(path, { encoder: true })
  expect(given).toMatchObject({ tensor: 'W_dec', dtype: 'bfloat16', orientation: 'rows', codewords: rows })
  expect(given.encoderName).toBe('W_enc')
  const { weights, ...encoder } = given.encoder!
  expect(encoder).toEqual({
    activation: 'jumprelu',
    bias: Float64Array.of(1, 2, 3, 4),
    decoderBias: Float64Array.of(5, 6, 7),
    subtractsBias: false,
    rescaled: false,
    threshold: Float64Array.of(0.5, 1, 1.5, 2),
  })
  expect([...weights.codeword(1)]).toEqual(encoderRows.slice(3, 6))
  expect((await read(path)).encoder).toBeUndefined()
})

test('sparsify: rows, an encoder as torch keeps it, and the k of its configuration', async () => {
  const content = safetensorsFile({
    'encoder.weight': wide(encoderRows, [4, 3]),
    'encoder.bias': wide([1, 2, 3, 4], [4]),
    W_dec: wide(flat, [4, 3]),
    b_dec: wide([5, 6, 7], [3]),
  })
  const alone = await read(file('sae.safetensors', content), { encoder: true })
  expect(alone.encoder).toMatchObject({
    activation: 'relu',
    bias: Float64Array.of(1, 2, 3, 4),
    subtractsBias: true,
  })
  expect([...alone.encoder!.weights.codeword(1)]).toEqual(encoderRows.slice(3, 6))
  const configuration = file('cfg.json', '{"k": 2, "activation": "topk"}')
  expect((await read(folder.path('sae.safetensors'), { encoder: true })).encoder).toMatchObject({
    activation: 'top-k',
    k: 2,
  })
  const told = {
    k: 2,
    architecture: 'gated',
    apply_b_dec_to_input: false,
    rescale_acts_by_decoder_norm: true,
  }
  writeFileSync(configuration, JSON.stringify(told))
  expect((await read(folder.path('sae.safetensors'), { encoder: true })).encoder).toMatchObject({
    subtractsBias: false,
    rescaled: true,
    refused: 'its architecture is gated',
  })
  rmSync(configuration)
})

test('the bias of the decoder is taken off first, but for decoder.bias and Gemma’s thresholds', async () => {
  const subtracts = async (tensors: Record<string, ReturnType<typeof wide>>) =>
    (await read(file('bias.safetensors', safetensorsFile(tensors)), { encoder: true })).encoder?.subtractsBias
  const [sae, threshold] = [{ W_dec: wide(flat, [4, 3]) }, { threshold: wide([0.5], []) }]
  const [gemma, rows] = [
    { W_enc: wide(encoderColumns, [3, 4]) },
    { 'encoder.weight': wide(encoderRows, [4, 3]) },
  ]
  expect(await subtracts({ ...sae, ...gemma })).toBe(true)
  expect(await subtracts({ ...sae, ...gemma, ...threshold })).toBe(false)
  expect(await subtracts({ ...sae, ...rows, ...threshold })).toBe(true)
  const named = { ...sae, ...rows, 'decoder.bias': wide([1, 2, 3], [3]) }
  expect(await subtracts(named)).toBe(false)
})

test('a bias is of one length, in a list', async () => {
  const shaped = (shape: number[]) => {
    const tensors = {
      W_dec: wide(flat, [4, 3]),
      W_enc: wide(encoderColumns, [3, 4]),
      b_enc: wide([1, 2, 3, 4], shape),
    }
    return read(file('shaped.safetensors', safetensorsFile(tensors)), { encoder: true })
  }
  expect((await shaped([4])).encoder?.bias).toEqual(Float64Array.of(1, 2, 3, 4))
  await expect(shaped([1, 4])).rejects.toThrow(/is of shape 1 × 4, not length 4, as its decoder says/)
})

test('an encoder with a gate is refused by the name of it', async () => {
  const gated = {
    'encoder.weight': wide(encoderRows, [4, 3]),
    b_gate: wide([1, 2, 3, 4], [4]),
    W_dec: wide(flat, [4, 3]),
  }
  const { encoder } = await read(file('gated.safetensors', safetensorsFile(gated)), { encoder: true })
  expect(encoder?.refused).toBe('it is gated (it has b_gate)')
})

test('a codeword that is zero is left out, and said to be', async () => {
  const path = file('dead.npy', npyFile('<f4', '(3, 2)', f32([1, 2, 0, 0, 3, 4])))
  const { dictionary, ...rest } = await describeFile(path, { orientation: 'rows' })
  expect(dictionary).toMatchObject({ file: path, orientation: 'rows' })
  expect(rest).toEqual({ N: 2, d: 2, dead: [1] })
})

test('a threshold is a JumpReLU whatever k is told, and it is said why an encoder reads otherwise', async () => {
  const path = file(
    'jump.safetensors',
    safetensorsFile({
      W_enc: wide(encoderColumns, [3, 4]),
      W_dec: wide(flat, [4, 3]),
      threshold: wide([0.5], []),
      k: wide([2], [1]),
    }),
  )
  const configuration = file('cfg.json', JSON.stringify({ k: 3, normalize_activations: 'layer_norm' }))
  const { encoder } = await read(path, { encoder: true })
  rmSync(configuration)
  expect(encoder).toMatchObject({
    activation: 'jumprelu',
    threshold: new Float64Array(4).fill(0.5),
    refused: 'it normalises codes by layer_norm',
  })
  expect(encoder).not.toHaveProperty('k')
  for (const [config, names, says] of [
    [{}, [undefined, 'W_dec'], undefined],
    [{}, ['W_dec', 'a.b_gate'], 'it is gated (it has a.b_gate)'],
    [{}, ['r_mag'], 'it is gated (it has r_mag)'],
    [{}, ['xr_mag', 'r_mag_x'], undefined],
    [{ architecture: 'topk', normalize_activations: 'none' }, [], undefined],
    [{ architecture: 'gated' }, [], 'its architecture is gated'],
    [{ normalize_activations: 'expected_average_only_in' }, [], undefined],
  ] as const)
    expect(encoderRefusal(config, names)).toBe(says)
})

test('k of a top-k encoder, in the file or as its activation is told', async () => {
  const of = (k?: Parameters<typeof wide>) =>
    safetensorsFile({
      W_enc: wide(encoderColumns, [3, 4]),
      W_dec: wide(flat, [4, 3]),
      ...(k && { k: wide(...k) }),
    })
  const kept = async (content: Uint8Array) =>
    (await read(file('kept.safetensors', content), { encoder: true })).encoder?.k
  expect([await kept(of([[1], [1]])), await kept(of([[3], []]))]).toEqual([1, 3])
  for (const k of [0, 1.5])
    await expect(kept(of([[k], [1]]))).rejects.toThrow(`kept.safetensors' is ${k}, not an integer ≥ 1`)
  await expect(kept(of([[1, 2], [2]]))).rejects.toThrow(/is of shape.*not length 1, as its decoder says/)
  await expect(kept(of([[Number.NaN], [1]]))).rejects.toThrow(/entry 0 of .*'k' is not a finite number/)
  const configuration = file('cfg.json', JSON.stringify({ activation_fn_kwargs: { k: 4 } }))
  expect(await kept(of())).toBe(4)
  rmSync(configuration)
})

test('a file that takes more memory than there is is refused before any of it is read', async () => {
  const path = file('large.npy', npyFile('|i1', `(${2 ** 21}, 512)`, Buffer.alloc(0)))
  truncateSync(path, statSync(path).size + 2 ** 30)
  await expect(readDictionary(path, byRows)).rejects.toThrow(
    /takes 4\.00 GiB as float32; at most 3\.\d+ GiB are read/,
  )
})

test('Llama Scope and dictionary_learning: columns of decoder.weight, under any prefix', async () => {
  const decoder = { dtype: 'BF16', shape: [3, 4], data: bf16(transposed) }
  const plain = await read(file('final.safetensors', safetensorsFile({ 'decoder.weight': decoder })))
  expect(plain).toMatchObject({ tensor: 'decoder.weight', orientation: 'columns', codewords: rows })
  const prefixed = {
    'layers.3.decoder.weight': decoder,
    'layers.3.encoder.weight': wide(encoderRows, [4, 3]),
  }
  expect([
    plain.encoderName,
    (await read(file('final.safetensors', safetensorsFile({ 'decoder.weight': decoder })), { encoder: true }))
      .encoder,
  ]).toEqual([undefined, undefined])
  const given = await read(file('prefixed.safetensors', safetensorsFile(prefixed)), { encoder: true })
  expect(given.codewords).toEqual(rows)
  expect(given.encoderName).toBe('layers.3.encoder.weight')
  expect(given.encoder).toMatchObject({
    bias: new Float64Array(4),
    decoderBias: new Float64Array(3),
    subtractsBias: true,
    activation: 'relu',
  })
  expect([...given.encoder!.weights.codeword(3)]).toEqual(encoderRows.slice(9))
})

test('shards by their index, and the hash of the shard that holds the dictionary', async () => {
  const first = safetensorsFile({ W_dec: wide(flat, [4, 3]) })
  file('model-1.safetensors', first)
  file('model-2.safetensors', safetensorsFile({ W_enc: wide(encoderColumns, [3, 4]) }))
  const weight_map = { W_dec: 'model-1.safetensors', W_enc: 'model-2.safetensors' }
  const path = file('model.safetensors.index.json', JSON.stringify({ metadata: {}, weight_map }))
  const given = await read(path, { encoder: true })
  expect(given.codewords).toEqual(rows)
  expect(given.sha256).toBe(createHash('sha256').update(first).digest('hex'))
  expect([...given.encoder!.weights.codeword(0)]).toEqual(encoderRows.slice(0, 3))
})

test('text between commas or tabs, with a line of names or without', async () => {
  const lines = (separator: string) => rows.map((row) => row.join(separator)).join('\r\n')
  expect((await read(file('a.csv', lines(',')), byRows)).codewords).toEqual(rows)
  expect((await read(file('a.tsv', `x\ty\tz\n${lines('\t')}\n\n`), byRows)).codewords).toEqual(rows)
})

test('a matrix of more than one part of the file is read whole, by rows and by columns', async () => {
  const [N, d] = [1500, 1000]
  const values = Float32Array.from({ length: N * d }, (_, i) => Math.fround(Math.sin(i)))
  const path = file('large.npy', npy({ shape: [N, d], values }))
  const { dictionary } = await readDictionary(path, byRows)
  const turned = (await readDictionary(path, { orientation: 'columns' })).dictionary
  for (const i of [0, 7, 8, 1042, 1048, 1499]) {
    expect([...dictionary.codeword(i)]).toEqual([...values.subarray(i * d, (i + 1) * d)])
  }
  for (const j of [0, 5, 700, 999]) {
    expect([...turned.codeword(j)]).toEqual(Array.from({ length: N }, (_, i) => values[i * d + j]))
  }
})

test('unit codewords are of norm 1 in doubles, and the threads that share them have the same', async () => {
  const { dictionary } = await readDictionary(file('u.npy', npyFile('<f4', '(4, 3)', f32(flat))), byRows)
  const unit = dictionary.unit()
  const shared = Float32Dictionary.from(unit.share())
  for (let i = 0; i < 4; i++) {
    const f = unit.codeword(i)
    expect(Math.abs(inner(f, f) - 1)).toBeLessThan(1e-15)
    expect(shared.codeword(i)).toEqual(f)
  }
  expect(() => new Float32Dictionary(new Float32Store(2, 3)).unit()).toThrow(/codeword 0 is zero/)
})
