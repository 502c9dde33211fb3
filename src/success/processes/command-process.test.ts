import { spawn, spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { checkContract } from '../../check/check.js'
import { processExaminer } from '../../check/examiner.js'
import { clientPath } from '../../io/client-path.js'
import { sensitivity } from '../../sensitivity/sensitivity.js'
import { callCli } from '../../testing/call-cli.js'
import { findPython } from '../../testing/python.js'
import { tempFolder } from '../../testing/temp-folder.js'
import '../../vitest/index.js'
import { openSampler, type SamplerOptions } from '../workers/open-sampler.js'

const files = tempFolder()
const python = findPython()
const describePython = describe.skipIf(!python)
copyFileSync(clientPath('python/dims_per_bit.py'), files.path('dims_per_bit.py'))
afterAll(() => vi.restoreAllMocks())

const easy = { N: 64, k: 2, d: 256 }

let written = 0
/** The command of a decoder that is right, but for what `top` does as it loads and `body` in decode. */
function decoder(body: string, top = '', serving = 'serve(decode)'): string {
  const lines = body.split('\n').map((line) => `    ${line}`)
  const name = `mine${written++}.py`
  const text = [
    'import ctypes, os, random, subprocess, sys, threading, time',
    'import numpy as np',
    'from dims_per_bit import serve',
    top,
    'turn = -1',
    'def top(p):',
    '    return np.argsort(-p.dictionary.correlate(p.code), kind="stable")[:p.k]',
    'def decode(p):',
    '    global turn; turn += 1; answer = top(p)',
    ...lines,
    '    return answer',
    serving,
  ]
  return `exec:${python} ${files.write(name, text.join('\n'))}`
}

async function run(given: string, trials = 3, options: SamplerOptions = {}) {
  const err = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const sampler = await openSampler(given, { workers: 1, timeLimit: 1000, startupLimit: 20_000, ...options })
  try {
    const { values, faults } = await sampler.run(easy, '1', 1, trials)
    return { values: Array.from(values), faults, revision: sampler.revision!() }
  } finally {
    await sampler.close()
    err.mockRestore()
  }
}

describePython('wrong decoders in Python: each gets one right line', () => {
  test.each([
    [
      'a mask',
      'answer = np.isin(np.arange(64), answer)',
      'answered with a mask of length 64; use np.flatnonzero',
    ],
    [
      'a mask of ints',
      'answer = np.isin(np.arange(64), answer).astype(int)',
      'answered with a mask of length 64; use np.flatnonzero',
    ],
    [
      'a mask of floats',
      'answer = np.isin(np.arange(64), answer) * 1.0',
      'answered with a mask of length 64; use np.flatnonzero',
    ],
    [
      'a mask as a list',
      'answer = [i in answer for i in range(64)]',
      'answered with a mask of length 64; use np.flatnonzero',
    ],
    [
      'floats',
      'answer = answer.astype(float)',
      'answered with floats (float64), not integers; use .astype(int)',
    ],
    [
      'a list of floats',
      'answer = [float(i) for i in answer]',
      'answered with floats (float64), not integers; use .astype(int)',
    ],
    [
      'scores',
      'answer = p.dictionary.correlate(p.code)[answer]',
      /^answered with \d\.\d+ as entry [01], not an index$/,
    ],
    ['NaN', 'answer = np.array([np.nan, 1])', 'answered with nan as entry 0, not an index'],
    ['infinity', 'answer = [1, float("inf")]', 'answered with inf as entry 1, not an index'],
    [
      'N',
      'answer = [1, 64]',
      'answered with 64 as entry 1, outside of 0 to N − 1 = 63 (indices count from 0)',
    ],
    ['a negative index', 'answer = [-1, 3]', 'answered with -1 as entry 0, outside of 0 to N − 1 = 63'],
    ['too many', 'answer = list(answer) + [5, 6]', 'answered with 4 indices, not k = 2'],
    ['too few', 'answer = answer[:1]', 'answered with 1 indices, not k = 2'],
    [
      'all scores sorted',
      'answer = np.argsort(p.dictionary.correlate(p.code))',
      'answered with 64 indices, not k = 2',
    ],
    ['repeats', 'answer = [answer[0]] * 2', /^named codeword \d+ twice; /],
    ['a string', 'answer = "3, 17"', "answered with '3, 17', a str, not a list of indices"],
    ['a list of strings', 'answer = ["3", "17"]', "answered with '3', a str, as entry 0, not an index"],
    ['None', 'return', 'answered with None, not a list of indices: does decode return?'],
    ['a list with None', 'answer = [None, 1]', 'answered with None, a NoneType, as entry 0, not an index'],
    ['a number', 'answer = 3', 'answered with 3, an int, not a list of indices'],
    ['a dict', 'answer = {"indices": [1, 2]}', 'answered with a dict, not a list of indices'],
    [
      'a row',
      'answer = answer[None]',
      'answered with an array of shape (1, 2), not a flat one of k = 2 indices',
    ],
    [
      'a column',
      'answer = answer[:, None]',
      'answered with an array of shape (2, 1), not a flat one of k = 2 indices',
    ],
    [
      'np.where',
      'answer = np.where(np.isin(np.arange(64), answer))',
      'answered with a tuple that holds an array, as np.where gives it; take its first: [0]',
    ],
    [
      'an exception',
      'answer = np.linalg.inv(np.zeros((2, 2)))',
      /^threw: (numpy\.linalg\.)*LinAlgError: Singular matrix \(mine\d+\.py:11\)$/,
    ],
    ['a bad shape', 'p.dictionary.matrix @ p.code', /^threw: ValueError: matmul: .* \(mine\d+\.py:11\)$/],
    [
      'writing into the code',
      'p.code[0] = 1',
      /^threw: ValueError: assignment destination is read-only \(mine\d+\.py:11\)$/,
    ],
    [
      'subtracting in place',
      'p.code.__isub__(p.dictionary.codeword(1))',
      /^threw: ValueError: output array is read-only \(mine\d+\.py:11\)$/,
    ],
    [
      'writing into the signs',
      'p.dictionary.signs[0, 0] = 1',
      /^threw: ValueError: assignment destination is read-only \(mine\d+\.py:11\)$/,
    ],
    [
      'writing into the matrix',
      'p.dictionary.matrix *= 2',
      /^threw: (ValueError: output array is read-only|AttributeError: .*) \(mine\d+\.py:11\)$/,
    ],
    ['sys.exit', 'sys.exit(3)', /^threw: SystemExit: it asked to exit with 3 \(mine\d+\.py:11\)$/],
    ['os._exit', 'os._exit(3)', 'ended its process with exit code 3'],
    ['a segmentation fault', 'ctypes.string_at(0)', /^ended its process by SIGSEGV \(mine\d+\.py:11\)$/],
    ['an endless loop', 'while True: pass', 'did not answer within 1.00 s'],
    [
      'a deadlock',
      'threading.Lock().acquire() and (lock := threading.Lock()).acquire() and lock.acquire()',
      'did not answer within 1.00 s',
    ],
    ['hoarding', 'hoard = [np.ones(2**24) for _ in range(99)]', /^took more than 0.800 GiB of memory$/],
  ])('%s', async (what, body, message) => {
    const original = process.constrainedMemory
    if (what === 'hoarding') process.constrainedMemory = () => 2 ** 30
    // The first answer has longer, so that the library may load what it needs.
    const lines = `if turn == 1:\n    ${body}`
    const limit = what === 'hoarding' ? { timeLimit: 30_000 } : {}
    const { values, faults } = await run(decoder(lines), 3, limit).finally(() => {
      process.constrainedMemory = original
    })
    expect(faults.map((fault) => fault.message)).toEqual([
      typeof message === 'string' ? message : expect.stringMatching(message),
    ])
    expect(values).toEqual([1, 0, 1])
  })

  test.each([
    [
      'a missing module',
      '',
      'import scipyy',
      /ended with code 1 before it was ready: ModuleNotFoundError: No module named 'scipyy' \(mine\d+\.py:4\)$/,
    ],
    [
      'a syntax error',
      '',
      'def x(:',
      /ended with code 1 before it was ready: SyntaxError: invalid syntax \(mine\d+\.py:4\)$/,
    ],
    [
      'an error as it loads',
      '',
      '1 / 0',
      /ended with code 1 before it was ready: ZeroDivisionError: division by zero \(mine\d+\.py:4\)$/,
    ],
    ['an exit as it loads', '', 'sys.exit(3)', /ended with code 3 before it was ready$/],
    [
      'a slow import',
      '',
      'time.sleep(100)',
      /was not ready within 3 s; --startup-limit gives it more, in milliseconds$/,
    ],
    ['no serve', '', 'sys.exit()', /ended with code 0 before it was ready: it did not call serve\(\)$/],
    ['a crash as it loads', '', 'ctypes.string_at(0)', /was ended by SIGSEGV before it was ready$/],
  ])('%s', async (_, body, top, message) => {
    await expect(run(decoder(body, top), 1, { startupLimit: 3000 })).rejects.toThrow(
      expect.objectContaining({ name: 'InputError', message: expect.stringMatching(message) }),
    )
  })

  test.each([
    ['prints', 'print("noise", flush=True)'],
    ['noise from C', 'os.write(1, b"noise\\n")'],
    ['noise from a child', 'os.system("echo noise")'],
    ['reads standard input', 'sys.stdin.read()'],
    ['leaves threads', 'threading.Thread(target=time.sleep, args=(100,), daemon=True).start()'],
    ['leaves a child behind', 'subprocess.Popen(["sleep", "1000"], start_new_session=True)'],
  ])('%s: nothing is wrong with the answers', async (_, body) => {
    expect(await run(decoder(body))).toMatchObject({ values: [1, 1, 1], faults: [] })
  })

  test.each([
    [
      'counts from 1',
      'answer = (answer + 1) % 64 if p.dictionary.size == 64 else (answer + 1) % p.dictionary.size',
      'orthogonal',
      /reads \{\d+\} as \{\d+\} \(indices count from 0\)/,
    ],
    [
      'draws from np.random',
      'answer = np.random.permutation(p.dictionary.size)[:p.k]',
      'same-answer',
      /gives two answers to one problem.*\(it calls a global random generator; only problem.rng is seeded\)/,
    ],
    [
      'draws from random',
      'answer = random.sample(range(p.dictionary.size), p.k)',
      'same-answer',
      /a global random generator; only problem.rng is seeded/,
    ],
    [
      'goes by the clock',
      'answer = np.argsort([hash((time.time(), i)) for i in range(p.dictionary.size)])[:p.k]',
      'same-answer',
      /it calls a clock; only problem.rng is seeded/,
    ],
    [
      'keeps state',
      'if turn > 30: answer = np.arange(p.k)',
      'orthogonal',
      /only after other problems: it carries state/,
    ],
    [
      'goes by the hash seed',
      'answer = sorted(range(p.dictionary.size), key=lambda i: hash(str(i)))[:p.k]',
      'across-processes',
      /answers otherwise in another process/,
    ],
    [
      'goes by its age',
      'if turn > 0: answer = np.arange(p.k)',
      'fresh-process',
      /answers otherwise in a process that has read nothing before/,
    ],
    [
      'does not end',
      'turn == 0 and threading.Thread(target=time.sleep, args=(100,)).start()',
      'ends-on-eof',
      /goes on after the end of its input/,
    ],
  ])('%s: check says so', async (_, body, property, message) => {
    const examiner = await processExaminer(decoder(body), { timeLimit: 5000 })
    const { properties } = await checkContract(examiner, { only: [property], seconds: 2 }).finally(() =>
      examiner.close(),
    )
    expect(properties[0]).toMatchObject({ verdict: 'broken', counterexample: expect.stringMatching(message) })
  })
})

describePython('batches', () => {
  const batched = (body: string) =>
    decoder('', `def many(ps):\n    print(len(ps), file=sys.stderr)\n    ${body}`, 'serve(many, batch=16)')

  test('a decoder that takes many is given full batches, and the same values', async () => {
    const err = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const sampler = await openSampler(batched('return [top(p) for p in ps]'), { workers: 1 })
    const { values } = await sampler.run({ N: 64, k: 2, d: 30 }, '1', 1, 31).finally(() => sampler.close())
    const sizes = err.mock.calls.join('').match(/\d+/g)
    err.mockRestore()
    const one = await openSampler(decoder(''), { workers: 1 })
    const single = await one.run({ N: 64, k: 2, d: 30 }, '1', 1, 31).finally(() => one.close())
    expect(Array.from(values)).toEqual(Array.from(single.values))
    expect(sizes).toEqual(['16', '15'])
  })

  test('what one problem causes is laid to that one', async () => {
    const body =
      'if any(p.seed % 3 == 0 for p in ps): raise ValueError("three")\n    return [top(p) for p in ps]'
    const { values, faults } = await run(batched(body), 31)
    expect(faults.length).toBeGreaterThan(2)
    for (const { message } of faults) expect(message).toMatch(/^threw: ValueError: three/)
    expect(values.filter((value) => value === 0)).toHaveLength(faults.length)
  })

  test.each([
    [
      'an answer that hangs on its neighbours',
      'return [top(ps[0] if len(ps) > 1 else p) for p in ps]',
      'batch-as-single',
      /otherwise by itself/,
    ],
    [
      'an answer that hangs on its place',
      'return [np.roll(np.arange(p.dictionary.size), m)[:p.k] for m, p in enumerate(ps)]',
      'batch-order',
      /otherwise in another order/,
    ],
    [
      'one answer for all',
      'return top(ps[0]) if len(ps) > 2 else [top(p) for p in ps]',
      'batch-as-single',
      /decode was given \d+ problems, and returned \d+ answers|answered with \d+, an int64/,
    ],
  ])('%s: check says so', async (_, body, property, message) => {
    const err = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const examiner = await processExaminer(batched(body), { timeLimit: 5000 })
    const { properties } = await checkContract(examiner, { only: [property], seconds: 2 }).finally(() =>
      examiner.close(),
    )
    err.mockRestore()
    expect(properties[0]).toMatchObject({ verdict: 'broken', counterexample: expect.stringMatching(message) })
  })
})

describe('a program without the helper', () => {
  const program = (name: string, answer: string, hello = '{"protocol":1,"name":"bare"}') =>
    `exec:${process.execPath} ${files.write(
      `${name}.mjs`,
      `let rest = Buffer.alloc(0), payload = 0, id
       const say = (text) => process.stdout.write(text + '\\n')
       process.stdin.on('data', (data) => {
         rest = Buffer.concat([rest, data])
         for (;;) {
           if (payload > 0) {
             if (rest.length < payload) return
             rest = rest.subarray(payload); payload = 0
             ${answer}
             continue
           }
           const end = rest.indexOf(10)
           if (end < 0) return
           const line = JSON.parse(rest.subarray(0, end)); rest = rest.subarray(end + 1)
           if (line.protocols) say('${hello}')
           if (line.problem) { payload = line.problem.bytes; id = line.problem.id }
         }
       })
       process.stdin.on('end', () => process.exit())`,
    )}`

  test.each([
    ['answers', 'say(JSON.stringify({ problem: id, answers: [[0, 1]] }))', undefined],
    [
      'noise',
      "say('hello there'); say(JSON.stringify({ problem: id, answers: [[0, 1]] }))",
      'wrote "hello there" on its standard output, which is for answers alone',
    ],
    [
      'another problem',
      'say(JSON.stringify({ problem: id + 1, answers: [[0, 1]] }))',
      'answered a problem that it was not asked',
    ],
    ['no answers', 'say(JSON.stringify({ problem: id }))', 'gave no answers to 1 problems'],
    [
      'a string for a list',
      'say(JSON.stringify({ problem: id, answers: ["01"] }))',
      'answered with something of type string, not with a list of indices',
    ],
    ['an error of many lines', 'say(JSON.stringify({ problem: id, error: "no\\nidea" }))', 'threw: no'],
  ])('%s', async (name, answer, message) => {
    const { faults } = await run(program(name.replaceAll(' ', '-'), answer), 1)
    expect(faults.map((fault) => fault.message)).toEqual(message === undefined ? [] : [message])
  })

  test.each([
    ['{"protocol":2,"name":"x"}', /speaks protocol 2, not 1$/],
    ['{"protocol":1}', /says no name for its decoder$/],
    ['{"protocol":1,"name":"x","batch":0}', /says batch 0, which must be an integer of at least 1$/],
    [
      'hello',
      /wrote "hello" on its standard output before it was ready, which is for answers alone \(docs\/protocol.md\)$/,
    ],
  ])('that says %s is refused', async (hello, message) => {
    await expect(run(program('greets', '', hello), 1)).rejects.toThrow(message)
  })

  test('that is not there, or cannot be run, is refused in one line', async () => {
    await expect(run('exec:no-such-program x')).rejects.toThrow(
      "`no-such-program x` cannot be started: there is no program 'no-such-program'",
    )
    await expect(run(`exec:${files.write('notes.txt', '')}`)).rejects.toThrow(/notes.txt' is not executable$/)
  })
})

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
