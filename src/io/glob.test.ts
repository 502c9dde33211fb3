import { mkdirSync, realpathSync } from 'node:fs'
import { relative } from 'node:path'
import { expect, test } from 'vitest'
import { tempFolder } from '../testing/temp-folder.js'
import { globFiles } from './glob.js'

const files = tempFolder()
for (const folder of ['src', 'src/deep', 'src/deep/er', 'src/__pycache__', 'src/.hidden'])
  mkdirSync(files.path(folder))
for (const name of [
  'a.py',
  'src/b.py',
  'src/c.pyx',
  'src/deep/d.py',
  'src/deep/er/e.py',
  'src/__pycache__/f.py',
  'src/.hidden/g.py',
]) {
  files.write(name, '')
}
const root = realpathSync(files.path(''))

test.each([
  ['src/**/*.py', ['src/b.py', 'src/deep/d.py', 'src/deep/er/e.py']],
  ['**/*.py', ['a.py', 'src/b.py', 'src/deep/d.py', 'src/deep/er/e.py']],
  ['src/*.py', ['src/b.py']],
  ['src/?.py*', ['src/b.py', 'src/c.pyx']],
  ['*/d*/*.py', ['src/deep/d.py']],
  ['src/./deep/d.py', ['src/deep/d.py']],
])('%s names %j', (glob, names) => {
  expect(globFiles(`${root}/${glob}`).map((path) => relative(root, path))).toEqual(names)
})

test('a dot is a dot, and a glob that names nothing is refused', () => {
  expect(() => globFiles(`${root}/a?py.`)).toThrow(/^'.*' names no file$/)
  expect(() => globFiles(`${root}/src`)).toThrow('names no file')
})
