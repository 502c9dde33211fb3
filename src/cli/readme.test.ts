/*!
 * @module-tag slow
 */

import { expect, test } from 'vitest'
import { callCli } from '../testing/call-cli.js'
import { codeBlocks } from '../testing/code-blocks.js'

test('the first transcript of the README is what its command prints', async () => {
  const [transcript] = codeBlocks('README.md', 'text')
  const [command, ...printed] = transcript.split('\n$ ')[0].split('\n')
  const { stdout } = await callCli(...command.split(' ').slice(3))
  // The last line has the time that it took.
  expect(stdout.trim().split('\n').slice(0, -1)).toEqual(printed.slice(0, -1))
})
