import { expect, test } from 'vitest'
import { program } from './program.js'

test('every command of the program has a description and examples', () => {
  for (const command of program().commands) {
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
