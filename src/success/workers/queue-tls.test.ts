/*!
 * @module-tag slow
 */

import { execFileSync, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { startRedis } from '../../../bench/redis-server.js'
import { tempFolder } from '../../testing/temp-folder.js'
import { findOpenssl, findRedis } from '../../testing/tools.js'

const folder = tempFolder()
const main = fileURLToPath(new URL('../../cli/main.js', import.meta.url))
const [certificate, key] = [folder.path('certificate.pem'), folder.path('key.pem')]
const call = [
  'success',
  'top-k',
  '-N',
  '256',
  '-k',
  '3',
  '-d',
  '40',
  '--method',
  'simulation',
  '--json',
  '--quiet',
]

test.runIf(findRedis() && findOpenssl())('over TLS, with the URL in the environment', async () => {
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1']
  const files = ['-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate]
  execFileSync('openssl', ['req', '-x509', '-days', '1', ...files, ...names], { stdio: 'ignore' })
  const server = await startRedis({ password: 'a-secret', tls: { certificate, key } })
  const env = { ...process.env, DPB_QUEUE: server.url }
  const trusting = { ...env, NODE_EXTRA_CA_CERTS: certificate }
  const worker = spawn(process.execPath, [main, 'worker', '--workers', '1'], {
    env: trusting,
    stdio: 'ignore',
  })
  try {
    const { successRate } = JSON.parse(
      execFileSync(process.execPath, [main, ...call], { env: trusting, encoding: 'utf8' }),
    )
    const here = execFileSync(process.execPath, [main, ...call], { encoding: 'utf8' })
    expect(successRate).toBe(JSON.parse(here).successRate)
    const stranger = () =>
      execFileSync(process.execPath, [main, ...call], { env, encoding: 'utf8', stdio: 'pipe' })
    expect(stranger).toThrow(
      /^dpb: cannot work with the queue at rediss:\/\/127\.0\.0\.1:\d+: .*certificate/m,
    )
    expect(stranger).not.toThrow(/a-secret/)
  } finally {
    // It says goodbye to the server.
    const gone = new Promise((resolve) => worker.once('exit', resolve))
    worker.kill()
    await gone
    await server.stop()
  }
})
