import { expect, test } from 'vitest'
import { callCli } from '../testing/call-cli.js'
import { inSuites } from '../testing/suites.js'
import { tempFolder } from '../testing/temp-folder.js'

const files = tempFolder()
const last = files.write(
  'last.mjs',
  `export default {
  name: 'last',
  decode: ({ dictionary, k }) => Array.from({ length: k }, (_, m) => dictionary.size - 1 - m),
}`,
)

test('a decoder that breaks the contract: exit code 1, and the counterexample replays itself', async () => {
  const { status, stdout, stderr } = await callCli(
    'check',
    last,
    '--properties',
    'valid-answer,orthogonal',
    '--seconds',
    '1',
    '--json',
  )
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' })
  const report = JSON.parse(stdout)
  expect(report).toMatchObject({
    decoder: 'last',
    passed: false,
    properties: [
      { id: 'valid-answer', passed: true },
      { id: 'orthogonal', passed: false },
    ],
  })
  const { counterexample } = report.properties[1]
  const [, command] = /; replay: dpb (.*)$/.exec(counterexample)!
  const again = await callCli(...command.split(' '), '--json')
  expect(again.status).toBe(1)
  expect(JSON.parse(again.stdout).properties).toEqual([{ ...report.properties[1], runs: 1 }])
})

const keeping = [
  ['threshold:0.9', 'the answer is distinct indices in [0, N), as many as the decoder names'],
  ['top-k', 'the answer is k distinct indices in [0, N)'],
] as const
for (const { cases, tags } of inSuites(keeping)) {
  test.each(cases)(
    '%s keeps it: exit code 0, and a table of what it promises',
    { tags },
    async (decoder, promise) => {
      const args = ['check', decoder, '--properties', 'valid-answer', '--seconds', '1']
      const { status, stdout } = await callCli(...args)
      expect(status).toBe(0)
      expect(stdout).toMatch(/✓ +valid-answer +\d+ +the answer/)
      expect(stdout).toContain(promise)
      expect(stdout).toContain(`\n${decoder} keeps the contract`)
      expect(stdout).toMatch(/keeps the contract, as far as these instances show; seed 1, \d+\.\d s\n$/)
    },
  )
}

test.each([
  [['top-kk'], /^dpb: there is no decoder 'top-kk'; did you mean 'top-k'\?\n$/],
  [[last, '--replay', 'nothing:N=1'], /^dpb: the contract has no property 'nothing', only valid-answer, /],
  [[last, '--replay', 'orthogonal:N=1'], /^dpb: 'N=1' is no instance like /],
  [
    [last, '--replay', 'orthogonal:N=4,k=1,d=3,codewords=axes,trial=0'],
    /^dpb: 4 axes codewords fit in d = 4, not in d = 3\n$/,
  ],
  [[last, '--properties', 'all'], /^dpb: the contract has no property 'all'/],
  [[last, '--seconds', 'some'], /^dpb: .*'some' is not an integer/],
  [[], /^dpb: missing required argument 'decoder'\n$/],
])('wrong input %o: exit code 2, one line, nothing on standard output', async (args, message) => {
  const { status, stdout, stderr } = await callCli('check', ...args)
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toMatch(message)
  expect(stderr.trim().split('\n')).toHaveLength(1)
})
