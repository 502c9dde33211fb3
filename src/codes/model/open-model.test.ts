import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { npz } from '../../io/npz.js'
import { measureSparsity } from '../../success/estimation/measure-sparsity.js'
import { openSampler } from '../../success/workers/open-sampler.js'
import { tempFolder } from '../../testing/temp-folder.js'
import { gaussianDictionary } from '../dense.js'
import { IDEAL, type ModelDescription, type Preparation } from './description.js'
import { describeFile, openModel } from './open-model.js'
import { OpenedDictionary } from './opened-dictionary.js'

const files = tempFolder()
const [N, d] = [40, 24]
const drawn = gaussianDictionary(N, d, [1, 2])
const path = files.path('words.csv')
const text = Array.from({ length: N }, (_, i) => Array.from(drawn.codeword(i)).join(',')).join('\n')
writeFileSync(path, text)
const described = async (more: Partial<ModelDescription> = {}, file = path): Promise<ModelDescription> => ({
  ...IDEAL,
  dictionary: (await describeFile(file, { orientation: 'rows' })).dictionary,
  prepare: 'unit',
  ...more,
})

test('codes are sums of the rows of the file, whatever the reader sees', async () => {
  for (const prepare of ['unit', 'centred', 'whitened'] as const) {
    const model = await openModel(await described({ prepare }))
    const { subset, code, dictionary } = model.draw({ N, k: 3, d }, 's', 1)
    const reader = dictionary.build(undefined as never)
    // ⟨f_i, X⟩ of the reader is largest at the codewords sent, in noiseless sums of three of forty.
    const scores = reader.correlate(code())
    const best = Array.from(scores.keys())
      .sort((a, b) => scores[b] - scores[a])
      .slice(0, 3)
    if (prepare === 'whitened') expect(new Set(best)).toEqual(new Set(subset))
    expect(model.draw({ N, k: 3, d }, 's', 1).subset).toEqual(subset)
  }
})

test('each preparation of a file has its own rows, the same as long as they are kept', async () => {
  const opened = await OpenedDictionary.read(path, { orientation: 'rows' })
  expect(opened.shape).toEqual({ N, d })
  const rowsOf = (prepare: Preparation, rows = N, seed = 's') => opened.rows(prepare, { N: rows, d }, seed)
  const [unit, centred] = [rowsOf('unit'), rowsOf('centred')]
  expect([unit.shared.mean, centred.shared.mean?.length]).toEqual([undefined, d])
  expect(rowsOf('unit')).toBe(unit)
  expect(rowsOf('centred', N, 'any')).toBe(centred)
  expect(rowsOf('unit', N - 1).rows.codewords.size).toBe(N - 1)
})

test("a user's decoder and a built-in one read the same codes", async () => {
  const file = files.path('mine.mjs')
  writeFileSync(
    file,
    `export default { name: 'mine', decode: ({ dictionary, code, k }) => {
      const s = dictionary.correlate(code)
      return Array.from(s.keys()).sort((a, b) => s[b] - s[a] || a - b).slice(0, k)
    } }`,
  )
  const model = await described()
  const [mine, topK] = await Promise.all(
    [file, 'top-k'].map(async (decoder) => {
      const sampler = await openSampler(decoder, { model, workers: 1 })
      return sampler.run({ N, k: 3, d }, 's', 0, 40).finally(() => sampler.close())
    }),
  )
  expect(Array.from(mine.values)).toEqual(Array.from(topK.values))
})

test('over a file the largest k is measured', async () => {
  const sampler = await openSampler('matching-pursuit', { model: await described(), workers: 1 })
  const result = await measureSparsity(sampler, { N, d, trials: 60 }).finally(() => sampler.close())
  expect(result.interval[0]).toBeLessThanOrEqual(result.sparsity)
  expect(result.interval[1]).toBeGreaterThanOrEqual(result.sparsity)
  expect(result.sparsity).toBeGreaterThan(0)
  expect(result.model).toMatchObject({ dictionary: { file: path } })
})

test('a file that has changed, or another size, is refused', async () => {
  const mine = files.path('changed.csv')
  writeFileSync(mine, text)
  const model = await described({}, mine)
  const opened = await openModel(model)
  expect(() => opened.draw({ N, k: 2, d: d + 1 }, 's', 0)).toThrow(/24 entries each, not d = 25/)
  expect(() => opened.draw({ N: N + 1, k: 2, d }, 's', 0)).toThrow(/N = 40, less than N = 41/)
  writeFileSync(mine, '1,2\n3,4\n')
  await expect(openModel(model)).rejects.toThrow(/is not the file that was meant/)
})

test('the tensor that is named, and rows by the seed where there are more, each prepared once', async () => {
  const two = files.path('two.npz')
  const values = Float64Array.from({ length: 12 }, (_, i) => 1 + ((5 * i) % 7))
  writeFileSync(
    two,
    npz({ a: { shape: [6, 2], values }, b: { shape: [6, 2], values: values.map((x) => -x) } }),
  )
  const { dictionary } = await describeFile(two, { tensor: 'b', orientation: 'rows' })
  const model = await openModel({ ...IDEAL, dictionary, prepare: 'centred' })
  const rowsAt = (seed: string, N = 6) =>
    model.draw({ N, k: 2, d: 2 }, seed, 0).dictionary.build(undefined as never)
  const plain = (await openModel({ ...IDEAL, dictionary })).draw({ N: 6, k: 2, d: 2 }, 's', 0)
  expect([...plain.dictionary.build(undefined as never).codeword(0)]).toEqual([-values[0], -values[1]])
  expect(rowsAt('t')).toBe(rowsAt('s'))
  const some = rowsAt('s', 3)
  expect(some.size).toBe(3)
  expect(rowsAt('s', 3)).toBe(some)
  const drawn = ['s', 't', 'u', 'v'].map((seed) =>
    [0, 1, 2].map((i) => rowsAt(seed, 3).codeword(i).join()).join(' '),
  )
  expect(new Set(drawn).size).toBeGreaterThan(1)
})
