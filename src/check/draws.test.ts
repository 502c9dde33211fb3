import { expect, test } from 'vitest'
import { parseExamined, parseInstance } from '../arbitraries/instance.js'
import { gaussianDictionary } from '../codes/dense.js'
import { checkContract, replayInstance } from './check.js'
import { drawsFrom } from './draws.js'
import { processExaminer } from './examiner.js'

const [N, d] = [12, 7]
const rows = gaussianDictionary(N, d, [3, 3])
const draws = drawsFrom(rows)

test('instances over a file are of its codewords, at its dimension, and drawn by the seed', () => {
  const asked = { N: 30, k: 20, d: 64, codewords: 'rademacher', trial: 5 } as const
  const fitted = draws.fit(asked)
  expect(fitted).toEqual({ N, k: N, d, codewords: 'given', trial: 5 })
  const { problem, subset } = draws.draw({ ...fitted, N: 5, k: 2 }, 's')
  expect(subset).toHaveLength(2)
  const own = Array.from({ length: N }, (_, i) => [...rows.codeword(i)])
  for (let i = 0; i < 5; i++) expect(own).toContainEqual([...problem.dictionary.codeword(i)])
  expect(problem.code).toEqual(problem.dictionary.superpose(subset))
  expect(draws.draw({ ...fitted, N: 5, k: 2 }, 's').problem.code).toEqual(problem.code)
  expect(() => draws.draw(asked, 's')).toThrow(/codewords=given/)
})

test('the contract over a file: what is of other codewords does not apply, and replays name the file', async () => {
  const over = { draws, options: ' --dictionary rows.npy' }
  const examiner = await processExaminer('top-k', { timeLimit: 1000, over })
  try {
    const only = ['valid-answer', 'orthogonal', 'permuted-codewords']
    const { properties, passed } = await checkContract(examiner, { seconds: 0.2, only })
    expect(passed).toBe(true)
    expect(properties.map(({ verdict }) => verdict)).toEqual(['kept', 'does not apply', 'kept'])
    const instance = parseExamined('N=5,k=2,d=7,codewords=given,trial=0')
    expect((await replayInstance(examiner, 'valid-answer', instance)).passed).toBe(true)
    expect(examiner.replay('valid-answer', instance, '1')).toBe(
      'dpb check top-k --dictionary rows.npy --seed 1 --replay valid-answer:N=5,k=2,d=7,codewords=given,trial=0',
    )
  } finally {
    await examiner.close()
  }
  expect(() => parseInstance('N=5,k=2,d=7,codewords=given,trial=0')).toThrow(
    /dpb check --dictionary draws it/,
  )
})
