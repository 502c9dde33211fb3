/*!
 * @module-tag slow
 */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Redis } from 'ioredis'
import { expect, test, vi } from 'vitest'
import { startRedis } from '../../../bench/redis-server.js'
import { queueShape, until } from '../../testing/test-queue.js'
import { findRedis } from '../../testing/tools.js'
import { queueAddress } from '../queue/address.js'
import { QueueClient } from '../queue/queue-client.js'
import { keys } from '../queue/registry.js'
import { builtInRevision } from './built-in-revision.js'

const there = findRedis() !== undefined
const main = fileURLToPath(new URL('../../cli/main.js', import.meta.url))

/** A command, what it says, and how it ends. */
function started(...args: string[]) {
  const child = spawn(process.execPath, [main, ...args])
  const command = { child, said: '', ended: once(child, 'exit') }
  child.stderr.on('data', (text) => {
    command.said += text
  })
  return command
}

test.runIf(there)('a worker and a run that are told to stop end without their server', async () => {
  const server = await startRedis()
  const worker = started('worker', '--workers', '1', '--queue', server.url)
  const shape = '-N 4096 -k 8 -d 150 --trials 9999999 --quiet'.split(' ')
  const run = started('success', 'top-k', ...shape, '--queue', server.url)
  const redis = new Redis(server.url)
  await until(async () => worker.said !== '' && (await redis.keys(keys.run('*'))).length > 0)
  redis.disconnect()
  await server.stop()
  await until(() => [worker, run].every(({ said }) => said.includes('is lost')))
  worker.child.kill('SIGTERM')
  run.child.kill('SIGINT')
  expect(await worker.ended).toEqual([0, null])
  expect(worker.said).toMatch(/those in hand are finished\ndpb: the queue is gone: [^\n]*\n$/)
  expect(await run.ended).toEqual([130, null])
  expect(run.said).toMatch(/^(dpb: [^\n]* is lost; it is made again\n)dpb: stopped; [^\n]*\n$/)
})

test.runIf(there)('a run whose server is gone for good ends in one line', async () => {
  const server = await startRedis()
  const warned = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const version = builtInRevision()
  const client = await QueueClient.open(queueAddress(server.url), version, 1500)
  const run = await client.beginRun({ decoder: { kind: 'built-in' } })
  const series = {
    decoder: 'top-k',
    revision: version,
    method: 'simulation' as const,
    ...queueShape,
    seed: 's',
  }
  const order = { run, version, limits: { time: 1000, startup: 1000 }, counts: false, series }
  await client.hear(order)
  const failed = new Promise<unknown>((fail) => client.ask({ order, come: () => {}, fail }, 0, 9))
  await client.sent()
  await server.stop()
  const message = expect.stringMatching(
    /^the queue at redis:\S+ has not answered for 0\.025 min; with --record/,
  )
  expect(await failed).toMatchObject({ message })
  await client.endRun(run)
  await client.close()
  expect(warned.mock.calls.join('\n')).toContain('the connection to the queue is lost')
  warned.mockRestore()
})
