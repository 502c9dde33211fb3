import { expect, test } from 'vitest'
import { tempFolder } from '../../testing/temp-folder.js'
import { decoderSource, type ScriptSource } from './decoder-source.js'
import { loadFrom } from './load-decoder.js'

const loadDecoder = async (nameOrPath: string) => loadFrom(decoderSource(nameOrPath) as ScriptSource)

const files = tempFolder()

test('built-in decoders load by name', async () => {
  expect((await loadDecoder('top-k')).name).toBe('top-k')
})

test.each([
  ['plain.js', 'module.exports = { name: "mine", decode: () => [7] }'],
  ['module.mjs', 'export default { name: "mine", decode: () => [7] }'],
  [
    'typed.ts',
    'interface A { b: number[] }\nconst a: A = { b: [7] }\nexport default { name: "mine", decode: () => a.b }',
  ],
  ['methods.mjs', 'class Mine { name = "mine"; decode() { return [7] } }\nexport default new Mine()'],
])('%s loads', async (name, text) => {
  const decoder = await loadDecoder(files.write(name, text))
  expect(decoder.name).toBe('mine')
  expect(decoder.decode({} as never)).toEqual([7])
})

test.each([
  ['topk', "there is no decoder 'topk'; did you mean 'top-k'?"],
  [
    'a-quantum-annealer',
    /^there is no decoder 'a-quantum-annealer'; built in are threshold, top-k, .*extension$/,
  ],
  ['./nowhere.mjs', "there is no file './nowhere.mjs'"],
  [
    files.write('notes.txt', ''),
    /notes.txt' is not a decoder's file: it must end in .js, .*, or be executable$/,
  ],
  ['./', "'./' is not a decoder's file: it must end in .js, .mjs, .ts, .py or .jl, or be executable"],
  [files.write('none.mjs', 'export const a = 1'), 'none.mjs has no default export; it must be a decoder'],
  [
    files.write('none.ts', 'export const a: number = 1'),
    'none.ts has no default export; it must be a decoder',
  ],
  [
    files.write('nameless.mjs', 'export default { decode() {} }'),
    'the default export of nameless.mjs is no decoder: it lacks a name',
  ],
  [
    files.write('idle.mjs', 'export default { name: "idle" }'),
    'the default export of idle.mjs is no decoder: it lacks a decode method',
  ],
  [
    files.write('function.mjs', 'export default () => []'),
    'the default export of function.mjs is no decoder: it lacks a decode method',
  ],
  [
    files.write('null.mjs', 'export default null'),
    'the default export of null.mjs is no decoder: it lacks a decode method',
  ],
  [
    files.write('bomb.mjs', 'throw new Error("boom\\nand more")'),
    'bomb.mjs throws as it loads: boom (bomb.mjs:1)',
  ],
  [files.write('bomb.ts', 'throw "boom"'), 'bomb.ts throws as it loads: boom'],
  [
    files.write('broken.mjs', 'export default {'),
    /^broken.mjs throws as it loads: Unexpected.* \(broken.mjs:1\)$/,
  ],
])('%s is refused in one line', async (nameOrPath, message) => {
  await expect(loadDecoder(nameOrPath)).rejects.toThrow(
    expect.objectContaining({
      name: 'InputError',
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    }),
  )
})
