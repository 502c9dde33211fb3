import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { errorLine } from '../io/text/terminal.js'
import { commandTable } from './command-table.js'

/** Whether help may be printed: what writes it is loaded then. */
const asksForHelp = (args: readonly string[] = []): boolean =>
  args.length === 0 || args.some((arg) => arg === 'help' || arg === '-h' || arg === '--help')

/** A message of the argument parser as one line: `error: …\n(Did you mean …?)\n` without its label and breaks. */
const oneLine = (text: string): string =>
  text
    .replace(/^error: /, '')
    .trim()
    .replaceAll('\n', ' ')

/**
 * The command line. Of all commands it knows what the help says; only those that the arguments name, all of them
 * without arguments, are loaded with their options and actions.
 */
export async function program(args?: readonly string[]): Promise<Command> {
  const { version, description } = JSON.parse(
    readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
  )
  const root = new Command('dpb')
    .description(description)
    .version(version)
    .option('--no-color', 'plain text')
    .showSuggestionAfterError()
    .configureHelp(asksForHelp(args) ? (await import('./help.js')).helpStyle : {})
    .configureOutput({ outputError: (text, write) => write(errorLine(oneLine(text))) })
    .exitOverride()
  const called = calledBy(args)
  for (const [heading, entries] of Object.entries(commandTable)) {
    root.commandsGroup(heading)
    for (const { name, description, argument, load } of entries) {
      const command = root.command(name).description(description)
      if (argument) command.argument(...argument)
      if (!called(name)) continue
      const define = await load()
      define(command)
      onceEach(command)
    }
  }
  return root.helpCommand(true)
}

/** Of two values of one option nobody knows which is meant; the same value twice is no question. */
function onceEach(command: Command): void {
  const given = new Map<string, string>()
  for (const option of command.options.filter((one) => one.required && !one.variadic)) {
    const name = option.name()
    command.on(`option:${name}`, (value: string) => {
      if ((given.get(name) ?? value) !== value) command.error(`option '${option.flags}' is given twice`)
      given.set(name, value)
    })
  }
}

/** Which commands these arguments are about: one, or none, or all of them in a script for a shell. */
function calledBy(args?: readonly string[]): (name: string) => boolean {
  if (!args) return () => true
  const [first, second] = args.filter((word) => !word.startsWith('-'))
  const called = first === 'help' ? second : first
  return (name) => called === name || called === 'completion'
}
