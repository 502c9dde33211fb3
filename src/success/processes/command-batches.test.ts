import { chmodSync, existsSync, readFileSync } from 'node:fs'
import { describe, expect, test, vi } from 'vitest'
import { checkContract } from '../../check/check.js'
import { processExaminer } from '../../check/examiner.js'
import { pythonDecoders } from '../../testing/python-decoders.js'
import { inSuites } from '../../testing/suites.js'
import { openSampler } from '../workers/open-sampler.js'

const { files, python, decoder, run } = pythonDecoders()
const describePython = describe.skipIf(!python)

describePython('batches', () => {
  const batched = (body: string) =>
    decoder('', `def many(ps):\n    print(len(ps), file=sys.stderr)\n    ${body}`, 'serve(many, batch=16)')

  test('a decoder that takes many is given full batches, and the same values', async () => {
    const err = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const sampler = await openSampler(batched('return [top(p) for p in ps]'), { workers: 1 })
    const { values } = await sampler.run({ N: 64, k: 2, d: 30 }, '1', 1, 31).finally(() => sampler.close())
    const sizes = err.mock.calls.join('').match(/(?<=\| )\d+/g)
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

  const wrong = [
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
  ] as const
  for (const { cases, tags } of inSuites(wrong, 1)) {
    test.each(cases)('%s: check says so', { tags }, async (_, body, property, message) => {
      const err = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
      const examiner = await processExaminer(batched(body), { timeLimit: 5000 })
      const { properties } = await checkContract(examiner, { only: [property], seconds: 2 }).finally(() =>
        examiner.close(),
      )
      err.mockRestore()
      expect(properties[0]).toMatchObject({
        verdict: 'broken',
        counterexample: expect.stringMatching(message),
      })
    })
  }
})

describe('a program without the helper', () => {
  const executable = (name: string, text: string) => {
    const path = files.write(name, text)
    chmodSync(path, 0o755)
    return path
  }
  const program = (name: string, answer: string, hello = '{"protocol":1,"name":"bare"}') =>
    `exec:${executable(
      name,
      `#!/usr/bin/env node
       let rest = Buffer.alloc(0), payload = 0, id, told
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
           if (line.dictionary) told = line.dictionary
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
      /wrote "hello" on its standard output before it was ready, which is for answers alone: load the helper before what prints \(docs\/protocol.md\)$/,
    ],
  ])('that says %s is refused', async (hello, message) => {
    await expect(run(program('greets', '', hello), 1)).rejects.toThrow(message)
  })

  test('is told of dictionaries within a file of many where it says that it reads them, and only there', async () => {
    const told = async (name: string, hello: string) => {
      const log = files.path(`${name}.log`)
      const look = `
        const fs = require('fs'), { path, offset, N, stride } = told
        const bytes = fs.readFileSync(path).subarray(offset ?? 0)
        const hash = require('crypto').createHash('md5').update(bytes.subarray(0, N * stride)).digest('hex')
        fs.appendFileSync('${log}', JSON.stringify({ path, offset, hash, whole: bytes.length === N * stride }) + '\\n')
        say(JSON.stringify({ problem: id, answers: [[0, 1]] }))`
      const { faults } = await run(program(name, look, hello), 100)
      expect(faults).toEqual([])
      const lines = readFileSync(log, 'utf8').trim().split('\n')
      return lines.map((line) => JSON.parse(line))
    }
    const own = await told('own-files', '{"protocol":1,"name":"bare"}')
    const shared = await told('one-file', '{"protocol":1,"name":"bare","offset":true}')
    expect(shared.map(({ hash }) => hash)).toEqual(own.map(({ hash }) => hash))
    expect(own.every(({ offset, whole }) => offset === undefined && whole)).toBe(true)
    expect(new Set(own.map(({ path }) => path)).size).toBe(own.length)
    expect(new Set(shared.map(({ path }) => path)).size).toBe(1)
    // Places are written again, and no file is left.
    expect(new Set(shared.map(({ offset }) => offset)).size).toBeLessThan(40)
    expect([...own, ...shared].filter(({ path }) => existsSync(path))).toEqual([])
  })

  test('that is not there, or cannot be run, is refused in one line', async () => {
    await expect(run('exec:no-such-program x')).rejects.toThrow(
      "`no-such-program x` cannot be started: there is no program 'no-such-program'",
    )
    await expect(run(`exec:${files.write('notes.txt', '')}`)).rejects.toThrow(/notes.txt' is not executable$/)
  })
})
