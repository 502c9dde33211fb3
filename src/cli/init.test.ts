import { execFileSync, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkContract } from '../check/check.js'
import { processExaminer } from '../check/examiner.js'
import { clientPath } from '../io/client-path.js'
import { openSampler } from '../success/workers/open-sampler.js'
import { callCli } from '../testing/call-cli.js'
import { inSuites } from '../testing/suites.js'
import { tempFolder } from '../testing/temp-folder.js'
import { findCompiler, findPython } from '../testing/tools.js'

const files = tempFolder()
const python = findPython()
const compiler = findCompiler()

const shape = { N: 256, k: 4, d: 90 }
const valuesOf = async (decoder: string) => {
  const sampler = await openSampler(decoder, { method: 'simulation', workers: 1 })
  const { values, faults } = await sampler.run(shape, '1', 0, 64).finally(() => sampler.close())
  return { values: Array.from(values), faults }
}
const init = async (language: string) => {
  const { status, stdout, stderr } = await callCli('init', language, files.path(language))
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return stdout
}

/** How the decoder of each language is called, once it is written. */
const decoders: Readonly<Record<string, (folder: string) => string>> = {
  js: (folder) => `${folder}/decoder.mjs`,
  ts: (folder) => `${folder}/decoder.ts`,
  ...(python && { python: (folder) => `exec:${python} ${folder}/decoder.py` }),
  ...(compiler && {
    cpp(folder) {
      const flags = ['-O2', '-std=c++17', '-Wall', '-Wextra', '-Werror']
      execFileSync(compiler, [...flags, `${folder}/decoder.cpp`, '-o', `${folder}/decoder`])
      return `${folder}/decoder`
    },
  }),
}

for (const { cases, tags } of inSuites(Object.entries(decoders), 0)) {
  test.each(cases)(
    '%s: what is written keeps the contract, and reads as top-k does',
    { tags },
    async (language, decoderIn) => {
      expect(await init(language)).toMatch(/^(wrote .*\n)+try it: .*npx dpb check .*\n$/)
      const decoder = decoderIn(files.path(language))
      const examiner = await processExaminer(decoder, { timeLimit: 10_000 })
      const { properties } = await checkContract(examiner, { seconds: 0.5, instances: 1 }).finally(() =>
        examiner.close(),
      )
      expect(properties.filter(({ passed }) => !passed)).toEqual([])
      const own = await valuesOf(decoder)
      const reference = await valuesOf('top-k')
      expect(own.faults).toEqual([])
      // Ties may be broken otherwise.
      expect(own.values.filter((value, t) => value !== reference.values[t]).length).toBeLessThanOrEqual(4)
    },
  )
}

test('nothing is overwritten, and what is no language is refused', async () => {
  const folder = files.path('mine')
  await callCli('init', 'julia', folder)
  const before = readdirSync(folder).map((name) => readFileSync(`${folder}/${name}`, 'utf8'))
  const again = await callCli('init', 'julia', folder)
  expect(again).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringMatching(/^dpb: '.*decoder.jl' is there already.*\n$/),
  })
  expect(readdirSync(folder).map((name) => readFileSync(`${folder}/${name}`, 'utf8'))).toEqual(before)
  expect(await callCli('init', 'cobol')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('python, js, ts, julia, cpp'),
  })
})

test.skipIf(!python)("the Python helper's own tests pass", { tags: ['slow'] }, () => {
  const { status, stderr } = spawnSync(python!, [clientPath('python/test_dims_per_bit.py')], {
    encoding: 'utf8',
  })
  expect(stderr).toMatch(/Ran \d+ tests/)
  expect(status, stderr).toBe(0)
})
