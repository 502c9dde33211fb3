import { spawnSync } from 'node:child_process'
import type { Browser } from 'playwright-core'
import { launchChromium } from './chromium.js'

// What some tests need besides Node. Where it is not there they are skipped, which is said in one line; with CI=true
// that is an error, so that nothing goes unexamined.

const runs = (command: string, ...args: string[]): boolean =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0

const said = new Set<string>()

function needed<T>(tool: T | undefined, what: string, tests: string): T | undefined {
  if (tool !== undefined || said.has(what)) return tool
  if (process.env.CI === 'true') throw new Error(`CI=true, and there is no ${what}: .ci/run installs it`)
  said.add(what)
  process.stderr.write(`skipped, as there is no ${what} here: the tests of ${tests}\n`)
  return undefined
}

/** A Python that has numpy. */
export const findPython = (): string | undefined =>
  needed(
    ['/usr/bin/python3', 'python3'].find((python) => runs(python, '-c', 'import numpy')),
    'python3 with numpy',
    'programs in Python',
  )

/** A compiler of C++. */
export const findCompiler = (): string | undefined =>
  needed(
    ['c++', 'g++', 'clang++'].find((compiler) => runs(compiler, '--version')),
    'C++ compiler',
    'the decoder in C++',
  )

/** The Redis server's command. */
export const findRedis = (): string | undefined =>
  needed(
    ['redis-server'].find((server) => runs(server, '--version')),
    'redis-server',
    'the queue',
  )

/** What makes certificates. */
export const findOpenssl = (): string | undefined =>
  needed(
    ['openssl'].find((command) => runs(command, 'version')),
    'openssl',
    'the queue over TLS',
  )

/** A browser: the Chromium that came with `npm ci`, else the one on the path. */
export const findBrowser = async (): Promise<Browser | undefined> =>
  needed(await launchChromium(), 'Chromium that runs', 'the report page')
