/*!
 * @module-tag slow
 */

import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { callCli } from '../testing/call-cli.js'
import { codeBlocks } from '../testing/code-blocks.js'
import { shellWords } from '../testing/shell-words.js'
import { tempFolder } from '../testing/temp-folder.js'

const home = process.cwd()
const folder = tempFolder()
beforeAll(() => process.chdir(folder.path('.')))
afterAll(() => process.chdir(home))

/** What a command of the tour prints: one of ours in this process, as much of it as `head` lets pass. */
async function output(command: string): Promise<string> {
  const [call, head] = command.split(' | head -n ')
  if (!call.startsWith('npx dpb ')) return execFileSync('sh', ['-c', command], { encoding: 'utf8' })
  const { stdout, status } = await callCli(...shellWords(call.slice('npx dpb '.length)))
  expect(status).toBe(0)
  return head === undefined ? stdout : `${stdout.split('\n').slice(0, Number(head)).join('\n')}\n`
}

/** Without what the clock says, which also ends properties early. */
const timeless = (text: string) =>
  text.replace(/\b\d+(\.\d+)? s\b/g, 'so many s').replace(/^(✓ {2}[\w-]+ +)\d+(?= {2}\D)/gm, '$1many')

const tasks = codeBlocks('docs/tour.md', 'text').map((block) => block.split(/^\$ /m).slice(1))

test('five tasks, of at most three commands', () => {
  expect(tasks.map((calls) => calls.length)).toEqual([2, 2, 2, 1, 2])
})

test.each(tasks.map((calls) => [calls[0].split('\n')[0], calls] as const))('%s', async (_, calls) => {
  for (const call of calls) {
    const [command, ...printed] = call.split('\n')
    expect(timeless(await output(command)).trimEnd(), command).toBe(timeless(printed.join('\n')).trimEnd())
  }
})
