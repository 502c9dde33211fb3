import { spawnSync } from 'node:child_process'
import { missing } from './python.js'

/** Whether redis-server is there; where it is not that is said in one line. Throws in CI. */
export function hasRedis(): boolean {
  const { status } = spawnSync('redis-server', ['--version'], { stdio: 'ignore' })
  if (status !== 0) missing('no redis-server')
  return status === 0
}
