import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

/** A server of this process's own, on loopback. */
export interface RedisServer {
  readonly url: string
  readonly pid: number
  /** End it by kill -9, and start it again on what it had written. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/** What a server is started with. */
interface ServerOptions {
  /** Whether it keeps what it is told in a file. */
  readonly append?: boolean
  /** Without it nobody is let in. */
  readonly password?: string
  /** Files of a certificate for localhost, and of its key: it speaks TLS alone. */
  readonly tls?: { readonly certificate: string; readonly key: string }
}

/** Start a server on a free port. */
export async function startRedis({
  append = false,
  password = '',
  tls,
}: ServerOptions = {}): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'dims-per-bit-redis-'))
  const port = await freePort()
  const args = ['--bind', '127.0.0.1', '--dir', folder, '--save', '', '--loglevel', 'warning']
  args.push('--port', tls ? '0' : `${port}`)
  if (tls) {
    const { certificate, key } = tls
    args.push('--tls-port', `${port}`, '--tls-cert-file', certificate, '--tls-key-file', key)
    args.push('--tls-ca-cert-file', certificate, '--tls-auth-clients', 'no')
  }
  if (append) args.push('--appendonly', 'yes')
  if (password !== '') args.push('--requirepass', password)
  let child: ChildProcess
  const start = async () => {
    child = spawn('redis-server', args, { stdio: 'ignore' })
    for (let tries = 0; tries < 400; tries++) {
      const ask = [...(password === '' ? [] : ['--no-auth-warning', '-a', password]), '-p', `${port}`]
      ask.push(...(tls ? ['--tls', '--cacert', tls.certificate] : []), 'ping')
      if (spawnSync('redis-cli', ask, { encoding: 'utf8' }).stdout.startsWith('PONG')) return
      await setTimeout(25)
    }
    throw new Error('redis-server did not start')
  }
  const end = async () => {
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
  }
  await start()
  return {
    url: `${tls ? 'rediss' : 'redis'}://${password === '' ? '' : `:${password}@`}127.0.0.1:${port}`,
    get pid() {
      return child.pid!
    },
    async restart() {
      await end()
      await start()
    },
    async stop() {
      await end()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}
