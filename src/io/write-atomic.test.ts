import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { tempFolder } from '../testing/temp-folder.js'
import { writeWhole } from './write-atomic.js'

const files = tempFolder()

test('a file is replaced whole, with nothing left beside it', () => {
  const path = files.write('a.json', 'a long text of before')
  writeWhole(path, 'new')
  expect(readFileSync(path, 'utf8')).toBe('new')
  expect(readdirSync(files.path('.'))).toEqual(['a.json'])
})

test('where it cannot be written nothing is', () => {
  mkdirSync(files.path('folder/inner'), { recursive: true })
  expect(() => writeWhole(files.path('folder'), 'x')).toThrow(/^cannot write '.*folder': it is a folder$/)
  expect(() => writeWhole(files.path('nowhere/a.json'), 'x')).toThrow(
    expect.objectContaining({ name: 'InputError' }),
  )
  expect(readdirSync(files.path('.'))).not.toContain(expect.stringContaining('part'))
})
