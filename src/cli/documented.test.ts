import { expect, test } from 'vitest'
import { documentedCalls } from '../testing/code-blocks.js'
import { program } from './program.js'

const files = ['README.md', 'CONTRIBUTING.md', 'docs/ci.md', 'docs/extending.md', 'docs/python.md']

test.each(files.flatMap((file) => documentedCalls(file).map((words) => [file, words] as const)))(
  '%s: the command line takes %j',
  async (_, words) => {
    const root = await program()
    const ran: string[] = []
    for (const command of root.commands) command.action(() => void ran.push(command.name()))
    await root.parseAsync(words, { from: 'user' })
    expect(ran).toEqual([words[0]])
  },
)
