/*!
 * @module-tag slow
 */

import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { expect, test } from 'vitest'
import { tempFolder } from './testing/temp-folder.js'

const { path, write } = tempFolder()
const read = (name: string) => readFileSync(path(name), 'utf8')
const COMPILE = `fs.cpSync('src', 'dist', { recursive: true }); fs.appendFileSync('log', '.')`

/** Builds, and says how often the steps were run. */
function build(...args: string[]): number {
  rmSync(path('log'), { force: true })
  execFileSync(process.execPath, ['build.mjs', ...args], { cwd: path('') })
  return existsSync(path('log')) ? read('log').length : 0
}

test('a build is skipped only where its output is what was made of the same files', () => {
  copyFileSync('build.mjs', path('build.mjs'))
  const manifest = { scripts: { 'build:all': `node -e "${COMPILE}"` } }
  write('package.json', JSON.stringify(manifest))
  mkdirSync(path('src'))
  write('src/one', 'first')
  write('src/two', 'first')
  expect([build(), build()], 'a clean clone').toEqual([1, 0])

  write('src/one', 'other')
  expect([build(), build()], 'a changed source').toEqual([1, 0])
  expect(read('dist/one')).toBe('other')

  write('dist/one', 'by hand')
  expect([build(), build()], 'a changed output').toEqual([1, 0])
  expect(read('dist/one')).toBe('other')

  rmSync(path('src/two'))
  expect([build(), build()], 'a source that is gone').toEqual([1, 0])
  expect(existsSync(path('dist/two'))).toBe(false)

  write('dist/one', 'of another step')
  expect([build('--stamp'), build()], 'output that is said to be built').toEqual([0, 0])
  write('package.json', JSON.stringify({ ...manifest, version: '2' }))
  expect(build(), 'other settings').toBe(1)
})

test('a failed build is none', () => {
  copyFileSync('build.mjs', path('build.mjs'))
  write('package.json', JSON.stringify({ scripts: { 'build:all': 'exit 3' } }))
  const failed = expect.objectContaining({ status: 3 })
  for (const _ of [1, 2]) expect(() => build()).toThrow(failed)
})
