import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { readBaseline } from '../gate/baseline/baseline.js'
import { tempFolder } from '../testing/temp-folder.js'
import { readLines } from './read-lines.js'

const files = tempFolder()

test('a named pipe is refused, not waited for', () => {
  const pipe = files.path('pipe')
  expect(spawnSync('mkfifo', [pipe]).status).toBe(0)
  expect(() => readBaseline(pipe)).toThrow(/it is a named pipe/)
  expect(() => [...readLines(pipe, 'the labels')]).toThrow(/it is a named pipe/)
})
