import { spawnSync } from 'node:child_process'
import { describe, expect, test, vi } from 'vitest'
import { checkContract } from '../../check/check.js'
import { processExaminer } from '../../check/examiner.js'
import { codeBlocks } from '../../testing/code-blocks.js'
import { pythonDecoders } from '../../testing/python-decoders.js'
import { inSuites } from '../../testing/suites.js'

const { files, python } = pythonDecoders()
const decoders = codeBlocks('docs/python.md', 'python')
  .filter((text) => text.includes('serve(decode'))
  .map((text) => {
    const imports = text.match(/^import \w+$|^from sklearn.*$/gm) ?? []
    return { name: /name="([^"]+)"/.exec(text)![1], text, imports: imports.join('\n') }
  })
const there = (imports: string) => python !== undefined && spawnSync(python, ['-c', imports]).status === 0

describe.skipIf(!python)('the decoders of docs/python.md', () => {
  test('are four', () => {
    expect(decoders.map(({ name }) => name)).toEqual(['mine', 'sklearn-omp', 'torch-top-k', 'jax-amp'])
  })

  for (const { cases, tags } of inSuites(decoders)) {
    test.for(cases)(
      '$name answers at k = 0, 1 and N, where what it imports is there',
      { tags },
      async ({ name, text, imports }, { skip }) => {
        if (!there(imports)) skip(`no ${imports}`)
        const path = files.write(`${name}.py`, text)
        const err = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
        const examiner = await processExaminer(`exec:${python} ${path}`, { timeLimit: 30_000 })
        const only = ['sparsity-extremes']
        const { properties } = await checkContract(examiner, { only, seconds: 0.5 }).finally(() =>
          examiner.close(),
        )
        err.mockRestore()
        expect(properties[0]).toMatchObject({ verdict: 'kept' })
      },
    )
  }
})
