import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { parseHTML } from 'linkedom'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { callCli } from '../testing/call-cli.js'
import { shellWords } from '../testing/shell-words.js'
import { recordSortedScores } from '../testing/sorted-scores.js'
import { tempFolder } from '../testing/temp-folder.js'

const files = tempFolder()
const hostile = '\u001b[2J\u001b[31m|<b>`x`\u202e\u2066\u009b\n::error::forged\n$(id) \'"'
const folder = "it's <i>\u202e | `$HOME`"
mkdirSync(files.path(folder))
const source = (body: string) => `export default {
  name: ${JSON.stringify(hostile)},
  decode({ dictionary, code, k, random }) {
    ${body}
    const scores = dictionary.correlate(code)
    return [...scores.keys()].sort((a, b) => scores[b] - scores[a]).slice(0, k)
  },
}`
const message = JSON.stringify(`${hostile}${'x'.repeat(3000)}`)
const good = files.write(`${folder}/good.mjs`, source(''))
const bad = files.write(`${folder}/bad.mjs`, source(`if (random() < 0.5) throw new Error(${message})`))
const baseline = files.path(`${folder}/b.json`)
const cell = ['-N', '64', '-k', '4', '--workers', '1']

// biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may be left
const HIDDEN = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/
const safe = (text: string) => {
  expect(text).not.toMatch(HIDDEN)
  expect(text).not.toMatch(/^::error::forged/m)
}

beforeAll(() => recordSortedScores(baseline, hostile, hostile))
afterEach(() => vi.unstubAllEnvs())

test('baseline: nothing hides or forges what is printed where it records', { tags: ['slow'] }, async () => {
  const out = files.path(`${folder}/good.json`)
  const options = ['--only-own', '--tolerance', '0.2', '--seed', hostile, '--out', out]
  const { status, stdout, stderr } = await callCli('baseline', good, ...cell, ...options)
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  safe(stdout)
})

test.each<[string, string[], number]>([
  ['success', ['success', bad, ...cell, '-d', '60', '--trials', '20', '--seed', hostile], 0],
  ['success --json', ['success', bad, ...cell, '-d', '60', '--trials', '20', '--seed', hostile, '--json'], 0],
  ['check', ['check', bad, '--properties', 'valid-answer', '--seconds', '1', '--seed', hostile], 1],
  ['baseline', ['baseline', bad, ...cell, '--only-own', '--out', files.path('never.json')], 1],
  ['gate', ['gate', bad, '--baseline', baseline, '--workers', '1'], 1],
  ['an unknown decoder', ['success', hostile, ...cell, '-d', '60'], 2],
  ['an unknown option', ['plan', `--${hostile}`], 2],
  ['an unknown command', [hostile], 2],
  ['a missing file', ['replay', files.path(`${folder}/${hostile}`)], 2],
  ['a record', ['success', bad, ...cell, '-d', '60', '--record', files.path(`none/${hostile}`)], 2],
])('%s: nothing hides or forges what is printed', async (_, args, code) => {
  const { status, stdout, stderr } = await callCli(...args)
  expect(status, stderr).toBe(code)
  safe(stdout)
  safe(stderr)
  for (const line of `${stdout}${stderr}`.split('\n')) {
    if (!args.includes('--json')) expect(line.length).toBeLessThan(1500)
  }
  if (code === 2) expect(stderr).toMatch(/^dpb: [^\n]*\n$/)
})

test('what a gate writes for others holds nothing of it either, and its commands can be pasted', async () => {
  vi.stubEnv('GITHUB_WORKSPACE', files.path('.'))
  const [junit, markdown] = ['gate.xml', 'gate.md'].map(files.path)
  const args = ['gate', bad, '--baseline', baseline, '--workers', '1', '--github']
  const { status, stdout, stderr } = await callCli(...args, '--junit', junit, '--markdown', markdown)
  expect(status).toBe(1)
  safe(stderr)
  expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  expect(stderr).toMatch(/^::error file=it's <i>\\u202e \| `\$HOME`\/bad\.mjs,title=/)
  const xml = readFileSync(junit, 'utf8')
  safe(xml)
  expect(parseHTML(xml).document.querySelectorAll('testcase')).toHaveLength(1)
  const page = readFileSync(markdown, 'utf8')
  safe(page)
  expect(page.replace(/<(\/?)(details|summary|code)>/g, '')).not.toMatch(/<[a-z/!?]/i)
  expect(page.split('\n').filter((line) => line.startsWith('|'))).toHaveLength(3)
  const [, command] = /a changed trial: npx dpb (.*)/.exec(stdout)!
  const saved = readdirSync(files.path(`${folder}/b.cases`)).filter((name) => name.endsWith('.json'))
  const [{ fault, detail }] = saved.map((name) =>
    JSON.parse(readFileSync(files.path(`${folder}/b.cases/${name}`), 'utf8')),
  )
  expect(fault.length).toBeLessThan(600)
  expect(detail).toBe(JSON.parse(message))
  const replay = await callCli(...shellWords(command))
  expect([replay.status, replay.stderr]).toEqual([1, ''])
  safe(replay.stdout)
})
