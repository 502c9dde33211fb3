import { expect, test } from 'vitest'
import { givenDictionary } from '../codes/dense.js'
import { iterativeHardThresholding } from './iterative-hard-thresholding.js'
import { bpdn } from './lasso/bpdn.js'
import { unexplained } from './report.js'
import { topK } from './top-k.js'

test('variants go by names of their own', () => {
  const names = [
    bpdn(),
    bpdn({ range: 'unit' }),
    bpdn({ solver: 'coordinate-descent' }),
    bpdn({ range: 'non-negative', solver: 'coordinate-descent' }),
    iterativeHardThresholding(),
    iterativeHardThresholding({ step: 'normalised', by: 'magnitude' }),
  ].map(({ name }) => name)
  expect(names).toEqual([
    'bpdn',
    'bpdn-unit',
    'bpdn-coordinate-descent',
    'bpdn-non-negative-coordinate-descent',
    'iterative-hard-thresholding',
    'normalised-iterative-hard-thresholding-magnitude',
  ])
  expect(iterativeHardThresholding().source).toContain('2009')
  expect(iterativeHardThresholding({ step: 'normalised' }).source).toContain('2010')
})

test('top-k and basis pursuit promise recovery below coherence 1/(2k − 1)', () => {
  for (const decoder of [topK(), bpdn()]) expect(decoder.coherenceGuarantee!(3)).toBe(0.2)
})

test('what an answer leaves is a share of the code, and nothing where it is rounding', () => {
  const dictionary = givenDictionary([
    [1, 0],
    [0, 1000],
  ])
  const left = (code: number[], answer: number[]) => unexplained(dictionary, Float64Array.from(code), answer)
  expect(left([3, 4], [0])).toBeCloseTo(Math.sqrt(20) / 5, 15)
  expect(left([0, 0], [0])).toBe(1)
  expect(left([1e-11, 0], [])).toBe(0)
  expect(left([0, 1000 + 5e-8], [1])).toBe(0)
  expect(left([0, 1000 + 5e-7], [1])).toBeGreaterThan(0)
})
