import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tempFolder } from '../../testing/temp-folder.js'
import { packDecoder, unpackDecoder } from './bundle.js'

const folder = tempFolder()
const entry = folder.write('mine.mjs', "import './part.mjs'\nexport default {}\n")
const part = folder.write('part.mjs', 'export const part = 1\n')
folder.write('package.json', '{}')

test('a script travels with its modules and the package.json above them', () => {
  const { text } = packDecoder({ kind: 'file', path: entry }, [entry, part], [])
  expect(unpackDecoder(text, folder.path('there'))).toEqual({
    kind: 'file',
    path: folder.path('there/mine.mjs'),
  })
  for (const name of ['mine.mjs', 'part.mjs', 'package.json']) {
    expect(readFileSync(join(folder.path('there'), name), 'utf8')).toBe(
      readFileSync(folder.path(name), 'utf8'),
    )
  }
})

test('what lies elsewhere does not travel', () => {
  const pack = () => packDecoder({ kind: 'file', path: entry }, ['/etc/hostname'], [])
  expect(pack).toThrow(/'\/etc\/hostname' cannot travel to workers: it does not lie below/)
})

const bundleOf = (path: string, more: object[] = []) =>
  JSON.stringify({
    source: { kind: 'file', path: 'a.mjs' },
    files: [
      { path: 'a.mjs', executable: false, content: '' },
      { path, executable: false, content: 'eA==' },
      ...more,
    ],
  })

test.each(['../evil', '/tmp/evil', 'x/../../evil', 'x//y', './x', '', 'C:\\evil', 'a\0b', 'x/..'])(
  'the path %j is refused, and nothing is written',
  (path) => {
    const there = folder.path('tricked')
    expect(() => unpackDecoder(bundleOf(path), there)).toThrow(
      /malformed: files.1.path: expected a path below/,
    )
    expect(existsSync(there)).toBe(false)
  },
)

test('a file twice, a file as a folder, and a decoder that is not there are refused', () => {
  expect(() => unpackDecoder(bundleOf('a.mjs'), folder.path('twice'))).toThrow(/expected every path once/)
  expect(() => unpackDecoder(bundleOf('a.mjs/b'), folder.path('under'))).toThrow()
  const lacking = bundleOf('b').replace('"path":"a.mjs"},"files"', '"path":"c.mjs"},"files"')
  expect(() => unpackDecoder(lacking, folder.path('lacking'))).toThrow(/there is no 'c.mjs'/)
})
