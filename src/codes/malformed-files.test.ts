import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { InputError } from '../io/input-error.js'
import { npy } from '../io/npz.js'
import { tempFolder } from '../testing/temp-folder.js'
import { deflatedNpz, f32, flat, headed, npyFile, npzFile, safetensorsFile } from '../testing/tensor-files.js'
import { type ReadOptions, readDictionary } from './read-dictionary.js'

const folder = tempFolder()
const numbers = f32(flat)
const matrix = { dtype: 'F32', shape: [4, 3], data: numbers }
const npyOf = (descr: string, shape: string) => npyFile(descr, shape, numbers)
const header = (entry: unknown, data: Uint8Array = numbers) => headed(JSON.stringify({ W_dec: entry }), data)
const offsets = (from: number, to: number) =>
  header({ dtype: 'F32', shape: [4, 3], data_offsets: [from, to] })

/** A file with some of its bytes changed; a place from the end is negative. */
function patched(content: Uint8Array, at: number, ...changed: number[]): Buffer {
  const copy = Buffer.from(content)
  copy.set(changed, at < 0 ? copy.length + at : at)
  return copy
}
const cut = (content: Uint8Array, by: number) => content.subarray(0, content.length - by)
const huge = '(1099511627776, 768)'
const local = 30 + 'W_dec.npy'.length
const packedNpz = deflatedNpz()
const zip = npzFile()
/** Where the row of the zip's list begins: 46 bytes, the name, and the 22 bytes at the end. */
const row = -(22 + 46 + 'W_dec.npy'.length)

type Case = [name: string, content: Uint8Array | string, says: RegExp, options?: ReadOptions]

const files: Case[] = [
  ['empty.npy', '', /is empty/],
  ['garbage.bin2', 'what is this?', /none of \.npy/],
  ['short.npy', Buffer.from('\x93NUMPY', 'latin1'), /cut short in its header/],
  ['version.npy', patched(npyOf('<f4', '(4, 3)'), 6, 9), /version of the \.npy format is 9/],
  [
    'header.npy',
    patched(npyOf('<f4', '(4, 3)'), 8, 0xff, 0xff),
    /header of 65535 bytes is longer than the file/,
  ],
  ['python.npy', npyOf("<f4', 'evil': exec('1'), 'x': '", '(4, 3)'), /not as numpy writes it/],
  [
    'records.npy',
    Buffer.from(npyOf('<f4', '(4, 3)').toString('latin1').replace("'<f4'", '[    '), 'latin1'),
    /records/,
  ],
  ['objects.npy', npyOf('|O', '(4, 3)'), /type the string '\|O' are not read/],
  ['complex.npy', npyOf('<c8', '(4, 3)'), /'<c8' are not read/],
  ['cut.npy', cut(npyOf('<f4', '(4, 3)'), 1), /takes 48 bytes, and 47 follow/],
  ['longer.npy', Buffer.concat([npyOf('<f4', '(4, 3)'), numbers]), /takes 48 bytes, and 96 follow/],
  ['huge.npy', npyOf('<f4', huge), /takes 3377699720527872 bytes, and 48 follow/],
  ['beyond.npy', npyOf('<f4', '(99999999999999999999, 3)'), /shape .* is none/],
  ['product.npy', npyOf('<f8', '(4611686018427387904, 4)'), /shape .* is none/],
  ['vector.npy', npyOf('<f4', '(12,)'), /holds no matrix.*length 12/],
  ['cube.npy', npyOf('<f4', '(2, 2, 3)'), /holds no matrix.*2 × 2 × 3/],
  ['scalar.npy', npyFile('<f4', '()', f32([1])), /holds no matrix.*a single number/],
  ['none.npy', npyFile('<f4', '(0, 3)', f32([])), /0 codewords of length 3/, { orientation: 'rows' }],
  [
    'nan.npy',
    npyFile('<f4', '(2, 1)', f32([1, NaN])),
    /coordinate 0 of codeword 1 is not/,
    { orientation: 'rows' },
  ],
  [
    'large.npy',
    npy({ shape: [1, 2], values: Float64Array.of(1, 1e300) }),
    /too large for float32/,
    { orientation: 'rows' },
  ],
  ['open.npy', npyOf('<f4', '(4, 3)'), /--orientation rows\|columns \(rows: N = 4 of d = 3/],
  ['name.npy', npyOf('<f4', '(4, 3)'), /has no name: leave out --tensor/, { tensor: 'W_dec' }],
  ['cut.npz', cut(zip, 10), /its list of files is missing/],
  ['half.npz', cut(zip, zip.length - 60), /its list of files is missing/],
  ['count.npz', patched(zip, -12, 9), /list of 9 files/],
  ['outside.npz', patched(zip, -6, 0xff, 0xff, 0xff, 0x0f), /list of files is not inside/],
  ['row.npz', patched(zip, row, 0), /list of files ends after 0 of 1/],
  ['local.npz', patched(zip, row + 42, 5), /not where the list of files says/],
  ['away.npz', patched(zip, row + 42, 0xff, 0xff, 0xff, 0x0f), /is not inside it/],
  ['size.npz', patched(zip, row + 24, 0xff, 0xff, 0xff, 0x0f), /which \d+ cannot hold/],
  ['encrypted.npz', patched(zip, row + 8, 1), /is encrypted/],
  ['method.npz', patched(zip, row + 10, 14), /compressed by method 14/],
  ['damaged.npz', patched(zip, local + 130, 1), /check sum is wrong/],
  ['bomb.npz', deflatedNpz(2 ** 31), /is said to be of 2147483648 bytes, which \d+ cannot hold/],
  ['less.npz', deflatedNpz(150), /takes 48 bytes, and 22 follow|more than the 150 bytes/],
  ['deflate.npz', patched(packedNpz, local, 0xff, 0xff), /not what deflate writes/],
  ['text.npz', patched(zip, row + 46 + 6, 0x74), /zip without a \.npy file/],
  ['torch.pt', Buffer.from([0x80, 2, 0x8a, 10, 0, 0, 0, 0, 0, 0]), /pickle.*import torch.*save_file/],
  ['short.safetensors', 'abc', /too short for a safetensors file/],
  ['header.safetensors', patched(headed('{}'), 4, 0xff), /longer than the file/],
  ['json.safetensors', headed('{"W_dec":\n nothing}'), /header is not JSON/],
  ['list.safetensors', headed('[1, 2]'), /is malformed/],
  ['field.safetensors', header({ dtype: 'F32', shape: [4, 3] }), /malformed: data_offsets/],
  [
    'negative.safetensors',
    header({ dtype: 'F32', shape: [-4, -3], data_offsets: [0, 48] }),
    /malformed: shape/,
  ],
  [
    'wide.safetensors',
    header({ dtype: 'F32', shape: [4, 6], data_offsets: [0, 48] }),
    /takes 96 bytes, and has 48/,
  ],
  ['gap.safetensors', offsets(4, 48), /stands at 4 to 48, where 0 was to come next/],
  ['beyond.safetensors', offsets(0, 4800), /take 4800 bytes, and 48 follow/],
  ['overflow.safetensors', offsets(0, 2 ** 52), /take 4503599627370496 bytes/],
  ['cut.safetensors', cut(safetensorsFile({ W_dec: matrix }), 4), /take 48 bytes, and 44 follow/],
  [
    'quantised.safetensors',
    safetensorsFile({ W_dec: { ...matrix, dtype: 'F8_E4M3', data: numbers.subarray(0, 12) } }),
    /'F8_E4M3'/,
  ],
  [
    'square.safetensors',
    safetensorsFile({ W_dec: { ...matrix, shape: [3, 3], data: f32(flat.slice(0, 9)) } }),
    /is square/,
  ],
  [
    'two.safetensors',
    safetensorsFile({ 'a.W_dec': matrix, 'b.W_dec': matrix }),
    /'a.W_dec' \(4 × 3\).*say which by --tensor/,
  ],
  ['asked.safetensors', safetensorsFile({ W_dec: matrix }), /did you mean 'W_dec'/, { tensor: 'W_dex' }],
  [
    'misfit.safetensors',
    safetensorsFile({ W_dec: matrix, W_enc: matrix }),
    /W_enc.*not 3 × 4/,
    { encoder: true },
  ],
  ['a.index.json', '{"weight_map": {"W_dec": "../../etc/passwd"}}', /no file of its folder/],
  ['b.index.json', '{"weight_map": {"W_dec": "missing.safetensors"}}', /there is no such file/],
  ['c.index.json', '{"weights": 1}', /malformed: weight_map/],
  ['ragged.csv', '1,2,3\n4,5\n', /line 2 has 2 fields/],
  ['words.csv', '1,2\n3,four\n', /line 2 has the string 'four'/, { orientation: 'rows' }],
  ['empty.csv', '1,2\n3,\n', /line 2 has the string ''/, { orientation: 'rows' }],
  ['hex.csv', '1,2\n3,0x10\n', /'0x10'/, { orientation: 'rows' }],
  ['infinite.csv', '1,2\n3,1e999\n', /'1e999'/, { orientation: 'rows' }],
  ['header.csv', 'x,y\n', /no rows of numbers/],
  ['blank.csv', '1,2\n\n3,4\n', /line 2 is blank/],
]

test.each<Case>(files)('%s is refused in one line', async (name, content, says, options) => {
  const path = folder.path(name)
  writeFileSync(path, content)
  const before = process.memoryUsage()
  const error = await readDictionary(path, options).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(InputError)
  const { message } = error as InputError
  expect(message).toMatch(says)
  expect(message).not.toMatch(/\n/)
  expect(message).toContain(folder.path(''))
  const after = process.memoryUsage()
  expect(after.external + after.arrayBuffers - before.external - before.arrayBuffers).toBeLessThan(2 ** 25)
})

test('what is no file at all', async () => {
  mkdirSync(folder.path('a-folder.npy'))
  const line = (path: string) => readDictionary(path).catch((thrown: unknown) => String(thrown))
  expect(await line(folder.path('a-folder.npy'))).toMatch(/InputError: .*it is a folder$/)
  execFileSync('sh', ['-c', 'mkfifo "$0"', folder.path('pipe.npy')])
  expect(await line(folder.path('pipe.npy'))).toMatch(/InputError: .*not a file that can be read twice$/)
  expect(await line(folder.path('missing.npy'))).toMatch(/InputError: .*there is no such file or folder$/)
  expect(await line('/dev/null')).toMatch(/InputError: .*not a file that can be read twice$/)
})
