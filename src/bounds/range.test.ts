import { expect, test } from 'vitest'
import { fewOutside } from './parameters.js'
import type { PlannedBound } from './plan.js'
import { outOfRange } from './range.js'

const row = (more: Partial<PlannedBound>): PlannedBound => ({
  id: 'law',
  kind: 'law',
  decoder: 'top-k',
  level: 'even',
  source: 'a source',
  statement: 'a statement',
  dimension: 100,
  dimsPerBit: 1,
  ...more,
})
const converse = row({ id: 'needed', kind: 'converse', decoder: 'any', dimension: 90 })
const guarantee = row({ id: 'enough', kind: 'guarantee', level: 'reliable', dimension: 110 })
const reason = (law: Partial<PlannedBound>, p = 0.5, theorems = [converse, guarantee]) =>
  outOfRange(row(law), theorems, p)?.reason

test('a prediction is in its range up to the whole dimensions that the theorems leave', () => {
  for (const dimension of [89.1, 90, 100, 110, 110.9]) expect(reason({ dimension })).toBeUndefined()
  expect(reason({ dimension: 89 })).toBe('out of its range: below what any decoder needs (needed)')
  expect(reason({ dimension: 111 })).toBe('out of its range: above what suffices (enough)')
  for (const kind of ['asymptote', 'rule'] as const) expect(reason({ kind, dimension: 1 })).toMatch('needed')
})

test('theorems, statements of another problem and such as have no number are left alone', () => {
  for (const other of [
    { kind: 'guarantee', dimension: 1 },
    { kind: 'converse', dimension: 1 },
    { problem: 'with noise', dimension: 1 },
    { dimension: null },
  ] as const)
    expect(reason(other)).toBeUndefined()
  const others = [
    { ...converse, problem: 'with noise' },
    { ...guarantee, problem: 'some dictionary' },
    { ...guarantee, decoder: 'threshold' },
    { ...guarantee, dimension: null },
    { ...guarantee, kind: 'law' },
    { ...converse, dimension: null },
  ] as PlannedBound[]
  for (const dimension of [1, 1000]) expect(reason({ dimension }, 0.5, others)).toBeUndefined()
  expect(reason({ dimension: 1000 }, 0.5, [{ ...guarantee, problem: 'every subset' }])).toMatch('enough')
})

test('a success that is less than the theorem speaks of is not contradicted by it', () => {
  expect(reason({ dimension: 1 }, 0.6)).toMatch('needed')
  expect(reason({ dimension: 1, level: 'reliable' }, 0.5)).toMatch('needed')
  expect(reason({ dimension: 1, level: 'reliable' }, 0.6)).toBeUndefined()
  expect(reason({ dimension: 1000 }, 0.6)).toBeUndefined()
  expect(reason({ dimension: 1000, level: 'reliable' }, 0.6)).toMatch('enough')
  const { level, ...unsaid } = row({ dimension: 1000 })
  expect(outOfRange(unsaid, [guarantee], 0.1), level).toBeUndefined()
})

test('ln(N − k) says nothing of one codeword outside, or none', () => {
  const silent = [
    [9, 9],
    [9, 8],
    [9, 7],
    [1, 0],
  ].map(([N, k]) => fewOutside({ N, k, p: 0.1 }) !== undefined)
  expect(silent).toEqual([true, true, false, false])
})
