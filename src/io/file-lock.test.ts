import { spawn } from 'node:child_process'
import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { afterAll, expect, test } from 'vitest'
import { tempFolder } from '../testing/temp-folder.js'
import { withLock } from './file-lock.js'

const files = tempFolder()
const path = files.path('file')
const lock = `${path}.lock`
const sleeper = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 1e6)'])
afterAll(() => sleeper.kill('SIGKILL'))
const gone = spawn(process.execPath, ['-e', ''])
await new Promise((resolve) => gone.on('exit', resolve))

const step = () => withLock(path, () => readFileSync(lock, 'utf8'), 50)

test('the lock is there in the step alone, and names this process', () => {
  expect(JSON.parse(step())).toMatchObject({ pid: process.pid, host: hostname() })
  expect(existsSync(lock)).toBe(false)
  expect(() =>
    withLock(path, () => {
      throw new Error('of the step')
    }),
  ).toThrow('of the step')
  expect(existsSync(lock)).toBe(false)
})

test.each([
  ['a living process', { pid: sleeper.pid, host: hostname() }],
  ['a process elsewhere', { pid: gone.pid, host: 'elsewhere' }],
])('held by %s: refused in one line that names it', (_, holder) => {
  writeFileSync(lock, JSON.stringify(holder))
  const { pid, host } = holder
  expect(step).toThrow(
    expect.objectContaining({
      name: 'InputError',
      message: `cannot write '${path}': process ${pid} on ${host} has locked it by '${lock}'`,
    }),
  )
  expect(JSON.parse(readFileSync(lock, 'utf8'))).toEqual(holder)
})

const old = new Date(Date.now() - 60_000)
test.each([
  ['a process that has ended', JSON.stringify({ pid: gone.pid, host: hostname() })],
  [
    'a number that another process has now',
    JSON.stringify({ pid: sleeper.pid, host: hostname(), started: '0' }),
  ],
  ['nobody, long ago', ''],
  ['something else, long ago', '{"pid": "x"}'],
])('held by %s: taken over', (_, held) => {
  writeFileSync(lock, held)
  utimesSync(lock, old, old)
  expect(JSON.parse(step())).toMatchObject({ pid: process.pid })
  expect(existsSync(lock)).toBe(false)
})
