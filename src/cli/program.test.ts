import { expect, test } from 'vitest'
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

test('only the command that is named is loaded, all of them where that is none', async () => {
  const loaded = async (...args: string[]) => (await program(args)).commands.length
  expect(await loaded('gate', './mine.mjs')).toBe(1)
  expect(await loaded('--no-color', 'plan', '--json')).toBe(1)
  const all = await loaded('--help')
  expect(all).toBeGreaterThan(10)
  for (const word of ['gaet', 'completion', 'constructor']) expect(await loaded(word)).toBe(all)
})
