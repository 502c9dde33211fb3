/*!
 * @module-tag slow
 */

import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, test, vi } from 'vitest'
import { sensitivity } from '../../sensitivity/sensitivity.js'
import { callCli } from '../../testing/call-cli.js'
import { pythonDecoders } from '../../testing/python-decoders.js'
import '../../vitest/index.js'
import type { SamplerOptions } from '../workers/open-sampler.js'

const { files, python, decoder, run } = pythonDecoders()
const describePython = describe.skipIf(!python)

const SERVE = 'from dims_per_bit import serve'

describePython('a revision covers', () => {
  const revisionOf = async (given: string, options: SamplerOptions = {}) =>
    (await run(given, 1, options)).revision
  const command = (text: string) =>
    `exec:${python} ${files.write('revised.py', `${SERVE}\n${text}\nserve(lambda p: range(p.k))`)}`

  test('the command line, the files that it names, the modules that are loaded, and those given', async () => {
    files.write('own.py', 'x = 1')
    files.write('weights.bin', '1')
    const plain = await revisionOf(command('import own'))
    expect(await revisionOf(command('import own'))).toBe(plain)
    expect(await revisionOf(command('import  own'))).not.toBe(plain)
    expect(await revisionOf(`${command('import own')} --alpha 1`)).not.toBe(plain)
    files.write('own.py', 'x = 2')
    const other = await revisionOf(command('import own'))
    expect(other).not.toBe(plain)
    const decoderFiles = [`${realpathSync(files.path(''))}/*.bin`]
    const given = await revisionOf(command('import own'), { decoderFiles })
    expect(given).not.toBe(other)
    files.write('weights.bin', '2')
    expect(await revisionOf(command('import own'), { decoderFiles })).not.toBe(given)
  })
})

describePython('every command takes a program', () => {
  test('a baseline, a gate that fails after a change, the case for numpy; and vitest', {
    timeout: 240_000,
  }, async () => {
    const command = (body: string) => {
      const text = `${SERVE}
import numpy as np
def decode(p):
    code = p.code.copy()
    ${body}
    return np.argsort(-p.dictionary.correlate(code), kind="stable")[:p.k]
serve(decode)
`
      return `exec:${python} ${files.write('gated.py', text)}`
    }
    const given = command('pass')
    const cell = ['-N', '64', '-k', '3', '--only-own', '--tolerance', '0.2', '--quiet']
    expect(await callCli('baseline', given, ...cell)).toMatchObject({ status: 0, stderr: '' })
    expect(await callCli('gate', given, '--quiet')).toMatchObject({ status: 0 })
    await expect(given).toDecodeLike('top-k', { trials: 4 })
    const drifted = await callCli('gate', command('code[: len(code) // 2] = 0'), '--quiet', '--json')
    expect(drifted.status).toBe(1)
    const [path] = JSON.parse(drifted.stdout).cases
    const replayed = await callCli('replay', path)
    expect(replayed.stdout).toMatch(/the problem for numpy: .*\.npz; dims_per_bit.load\(\) reads it/)
    const check = `import sys; sys.path.insert(0, sys.argv[1])
import dims_per_bit, numpy as np
p = dims_per_bit.load(sys.argv[2])
rest = np.abs(p.dictionary.superpose(p.known["subset"]) - p.code).max()
print(p.dictionary.size, p.dictionary.dimension, p.k, rest < 1e-12, isinstance(p.seed, int))`
    const npzPath = path.replace(/json$/, 'npz')
    const { d } = JSON.parse(readFileSync(path, 'utf8'))
    expect(spawnSync(python!, ['-c', check, files.path(''), npzPath], { encoding: 'utf8' }).stdout).toBe(
      `64 ${d} 3 True True\n`,
    )
  })

  test('sensitivity plants its faults on our side', { timeout: 240_000 }, async () => {
    const tiny = { N: 64, k: 3, method: 'simulation', tolerance: 0.3 } as const
    const only = ['asynchronous', 'off-by-one', 'drops-50']
    const { rows } = await sensitivity(decoder(''), { cells: [tiny], only, workers: 1, checkSeconds: 1 })
    expect(rows.map(({ id, fate }) => [id, fate])).toEqual([
      ['asynchronous', 'kept'],
      ['drops-50', 'caught'],
      ['off-by-one', 'caught'],
    ])
  })
})

/** Processes whose environment has this mark. */
const marked = (mark: string) =>
  readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, 'latin1').includes(mark)
    } catch {
      return false
    }
  })

const main = fileURLToPath(new URL('../../cli/main.js', import.meta.url))

describe.skipIf(!python || process.platform !== 'linux')('nothing is left', () => {
  test.each([
    ['the end', undefined, 'subprocess.Popen(["sleep", "1000"], start_new_session=True)'],
    ['Ctrl-C', 'SIGINT', 'subprocess.Popen(["sleep", "1000"]); time.sleep(1000)'],
    ['SIGTERM', 'SIGTERM', 'subprocess.Popen(["sleep", "1000"]); time.sleep(1000)'],
    ['SIGKILL', 'SIGKILL', 'subprocess.Popen(["sleep", "1000"], start_new_session=True); time.sleep(1000)'],
  ] as const)('after %s: no process, no file, and a pipe to tail ends', async (name, signal, body) => {
    const mark = `MARK=${Math.random()}`
    const folder = files.path(`tmp-${name.replace(' ', '-')}`)
    mkdirSync(folder)
    const words = ['success', decoder(body), ...'-N 64 -k 2 -d 99 --trials 2 --time-limit 60000'.split(' ')]
    const shell = spawn(
      '/bin/sh',
      ['-c', 'echo $$ >&2; "$@" 2>&1 | tail -n 3', 'sh', process.execPath, main, ...words],
      {
        env: { ...process.env, MARK: mark.slice(5), TMPDIR: folder },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    const ended = new Promise((resolve) => shell.once('close', resolve))
    if (signal) {
      await vi.waitUntil(() => marked(mark).some((pid) => commandOf(pid).startsWith('sleep')), {
        timeout: 60_000,
        interval: 50,
      })
      const run = marked(mark).find((pid) => commandOf(pid).startsWith(process.execPath))!
      process.kill(Number(run), signal)
    }
    await ended
    await vi.waitUntil(() => marked(mark).length === 0 && readdirSync(folder).length === 0, {
      timeout: 60_000,
      interval: 50,
    })
    await setTimeout(100)
    expect(marked(mark)).toEqual([])
    expect(readdirSync(folder)).toEqual([])
    expect(existsSync(files.path('__pycache__'))).toBe(false)
  })
})

const commandOf = (pid: string): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}
