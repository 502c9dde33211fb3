import { expect, test } from 'vitest'
import { IDEAL } from './description.js'
import { drawnFamilySchema, modelSchema } from './model-schema.js'

const file = { file: 'W.npy', sha256: 'a'.repeat(64), tensor: '', orientation: 'rows' }

test('models are taken as they are', () => {
  for (const model of [
    IDEAL,
    { ...IDEAL, dictionary: 'sphere', noise: 0.1, amplitudes: 'half-normal', active: 'zipf:1' },
    { ...IDEAL, dictionary: 'coupled:5/8/10' },
    { ...IDEAL, dictionary: file, prepare: 'whitened' },
  ]) {
    expect(modelSchema.parse(model)).toEqual(model)
  }
})

test.each([
  ['dictionary', 'gaussian'],
  ['dictionary', 7],
  ['dictionary', { ...file, file: '' }],
  ['dictionary', { ...file, sha256: 'a'.repeat(63) }],
  ['dictionary', { ...file, sha256: `a${'a'.repeat(64)}` }],
  ['dictionary', { ...file, orientation: 'both' }],
  ['dictionary', { ...file, tensor: undefined }],
  ['prepare', 'bleached'],
  ['noise', 1],
  ['noise', '0.1'],
  ['noise', Number.NaN],
  ['amplitudes', 'gamma'],
  ['active', 'zipf:5'],
  ['active', undefined],
])('%s: %j is refused', (field, value) => {
  const { success, error } = modelSchema.safeParse({ ...IDEAL, [field]: value })
  expect(success).toBe(false)
  expect(error?.issues.length).toBe(1)
})

test('what a model says is checked with it, and what is no family is none', () => {
  const { error } = modelSchema.safeParse({ ...IDEAL, prepare: 'unit' })
  expect(error?.issues[0].message).toMatch(/^prepare is of a file's codewords: it must be raw/)
  expect(['rademacher', 'sphere', 'coupled:1/1/1'].map((text) => drawnFamilySchema.parse(text)).length).toBe(
    3,
  )
  for (const text of ['', 'coupled', 'Rademacher', ['rademacher'], null]) {
    expect(drawnFamilySchema.safeParse(text).success).toBe(false)
  }
})
