import { expect, test } from 'vitest'
import { callCli } from '../testing/call-cli.js'
import { commandTable } from './command-table.js'
import { vocabulary } from './completion/vocabulary.js'
import { program } from './program.js'

test('every command of the program has a description and examples', async () => {
  for (const command of (await program()).commands) {
    let help = ''
    command.configureOutput({
      writeOut: (text) => {
        help += text
      },
    })
    command.outputHelp()
    expect(command.description(), command.name()).not.toBe('')
    expect(help, command.name()).toMatch(/Examples?:\n/)
    expect(help, command.name()).toContain(`dpb ${command.name()}`)
  }
})

/** What asks for something more, and is not done unless it is given. */
const MORE =
  /^--(record|shard|junit|markdown|codes|labels|decoder-files|fresh|replay|queue|codewords|sparsity|dimension)$/

test('the help says what every option is unless it is given, and what must be', async () => {
  for (const command of (await program()).commands) {
    const help = command.createHelp()
    const options = help.visibleOptions(command).filter(({ required, optional }) => required || optional)
    for (const option of options) {
      const told = help.optionDescription(option)
      const more =
        MORE.test(option.long!) || /^(write|also write|take the codewords|where the file)/.test(told)
      if (!more) expect(told, `${command.name()} ${option.flags}`).toMatch(/required|default: /)
      expect(told, `${command.name()} ${option.flags}`).not.toMatch(/unless given|by default|\["/)
    }
    const musts = options.map(({ mandatory }) => mandatory)
    expect(musts, command.name()).toEqual(musts.toSorted().reverse())
  }
})

test.each([
  [['gate', './mine.mjs'], ['gate']],
  [['--no-color', 'plan', '--json'], ['plan']],
  [['help', 'plan'], ['plan']],
  [['--help'], []],
  [['gaet'], []],
  [['constructor'], []],
])('%j: only %j gets its options', async (args, names) => {
  const { commands } = await program(args)
  expect(commands.filter(({ options }) => options.length > 0).map((one) => one.name())).toEqual(names)
})

test('a script for a shell knows the options of every command', async () => {
  const words = async (args?: readonly string[]) =>
    vocabulary(await program(args), { decoders: [], claims: [] })
  expect(await words(['completion', 'bash'])).toEqual(await words())
})

test('the help lists every command, under headings', async () => {
  const { stdout } = await callCli('--help')
  for (const { name } of Object.values(commandTable).flat()) expect(stdout).toContain(`\n  ${name} `)
  for (const heading of Object.keys(commandTable)) expect(stdout).toContain(`\n${heading}\n`)
})
