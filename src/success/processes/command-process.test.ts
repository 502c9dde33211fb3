import { beforeAll, describe, expect, test } from 'vitest'
import { checkContract } from '../../check/check.js'
import { processExaminer } from '../../check/examiner.js'
import { pythonDecoders } from '../../testing/python-decoders.js'
import { inSuites } from '../../testing/suites.js'
import { answers, ends, finds, loads } from '../../testing/wrong-python.js'

const { python, decoder, run } = pythonDecoders()
const describePython = describe.skipIf(!python)

const matching = (message: string | RegExp) =>
  typeof message === 'string' ? message : expect.stringMatching(message)

describePython('wrong decoders in Python: each gets one right line', () => {
  let found: Map<number, string>
  let values: number[]
  beforeAll(async () => {
    // Some problems are put twice.
    const cases = answers.map(([, body], m) => `if len(kept) == ${m + 1}:\n    ${body}`)
    const ran = await run(decoder(['kept[p.seed] = p', ...cases].join('\n')), answers.length + 1, {
      timeLimit: 10_000,
    })
    found = new Map(ran.faults.map(({ trial, message }) => [trial, message]))
    values = ran.values
  })

  test.each(answers.map(([what, , message], turn) => ({ what, message, trial: turn + 1 })))(
    '$what',
    ({ message, trial }) => {
      expect(found.get(trial)).toEqual(matching(message))
      expect(values[trial - 1]).toBe(0)
    },
  )

  test('and what it answers after them is taken', () => {
    expect(found.size).toBe(answers.length)
    expect(values.at(-1)).toBe(1)
  })

  for (const { cases, tags } of inSuites(ends)) {
    test.each(cases)('%s', { tags }, async (what, body, message) => {
      const original = process.constrainedMemory
      if (what === 'hoarding') process.constrainedMemory = () => 2 ** 30
      // The first answer has longer, so that the library may load what it needs.
      const lines = `if turn == 1:\n    ${body}`
      const limit = what === 'hoarding' ? { timeLimit: 30_000 } : {}
      const { values, faults } = await run(decoder(lines), 3, limit).finally(() => {
        process.constrainedMemory = original
      })
      expect(faults.map((fault) => fault.message)).toEqual([matching(message)])
      expect(values).toEqual([1, 0, 1])
    })
  }

  for (const { cases, tags } of inSuites(loads)) {
    test.each(cases)('%s', { tags }, async (_, body, top, message) => {
      await expect(run(decoder(body, top), 1, { startupLimit: 3000 })).rejects.toThrow(
        expect.objectContaining({ name: 'InputError', message: expect.stringMatching(message) }),
      )
    })
  }

  test('what prints, leaves threads or children behind, or takes the process apart answers as before', async () => {
    const harmless = [
      'print("noise", flush=True)',
      'os.write(1, b"noise\\n")',
      'os.system("echo noise")',
      'sys.stdin.read()',
      'threading.Thread(target=time.sleep, args=(100,), daemon=True).start()',
      'subprocess.Popen(["sleep", "1000"], start_new_session=True)',
      'sys.stdout.write("x" * 2**20); sys.stderr.write("y" * 2**20); os.write(2, bytes(range(256)))',
      'os.fork() or time.sleep(1000)',
      'os.fork()',
      'os.chdir("/")',
      '[signal.signal(one, signal.SIG_IGN) for one in (signal.SIGINT, signal.SIGTERM, signal.SIGPIPE)]',
      'atexit.register(time.sleep, 1000)',
      'answer = (int(i) for i in answer)',
      'json.JSONEncoder.encode = json.JSONDecoder.raw_decode = os.write = os.getpid = None',
      'os.closerange(0, 3)',
    ]
    const cases = harmless.map((body, turn) => `if turn == ${turn}: ${body}`).join('\n')
    const trials = harmless.length + 1
    const ran = await run(decoder(cases), trials, { timeLimit: 10_000 })
    expect(ran).toMatchObject({ values: Array(trials).fill(1), faults: [] })
  })

  for (const { cases, tags } of inSuites(finds)) {
    test.each(cases)('%s: check says so', { tags }, async (_, body, property, message) => {
      const examiner = await processExaminer(decoder(body), { timeLimit: 5000 })
      const { properties } = await checkContract(examiner, { only: [property], seconds: 2 }).finally(() =>
        examiner.close(),
      )
      expect(properties[0]).toMatchObject({
        verdict: 'broken',
        counterexample: expect.stringMatching(message),
      })
    })
  }
})
