import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { tempFolder } from '../testing/temp-folder.js'
import { makeFolder } from './folder.js'

const folder = tempFolder()

test('a folder is made with those that it is in, or refused where the system makes none', () => {
  makeFolder(folder.path('a/b/c'))
  makeFolder(folder.path('a/b/c'))
  expect(existsSync(folder.path('a/b/c'))).toBe(true)
  expect(() => makeFolder(`${import.meta.filename}/below`)).toThrow(/part of the path is not a folder$/)
})

test.runIf(process.platform === 'linux')(
  'below /proc, where making folders with their parents never ended',
  () => {
    expect(() => makeFolder('/proc/none/of/this')).toThrow(
      /^cannot make the folder '\/proc\/none\/of\/this': /,
    )
  },
)
