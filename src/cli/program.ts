import { readFileSync } from 'node:fs'
import { Command } from 'commander'

/** In the order of the help. Each is loaded when it is called for: all of them together take half a second. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  plan: async () => (await import('./commands/plan.js')).planCommand(),
  check: async () => (await import('./commands/check.js')).checkCommand(),
  success: async () => (await import('./commands/success.js')).successCommand(),
  measure: async () => (await import('./commands/measure.js')).measureCommand(),
  merge: async () => (await import('./commands/merge.js')).mergeCommand(),
  sensitivity: async () => (await import('./commands/sensitivity.js')).sensitivityCommand(),
  figure: async () => (await import('./commands/figure.js')).figureCommand(),
  table: async () => (await import('./commands/table.js')).tableCommand(),
  leaderboard: async () => (await import('./commands/leaderboard.js')).leaderboardCommand(),
  baseline: async () => (await import('./commands/baseline.js')).baselineCommand(),
  gate: async () => (await import('./commands/gate.js')).gateCommand(),
  replay: async () => (await import('./commands/replay.js')).replayCommand(),
  verify: async () => (await import('./commands/verify.js')).verifyCommand(),
  report: async () => (await import('./commands/report.js')).reportCommand(),
  bench: async () => (await import('./commands/bench.js')).benchCommand(),
  completion: async () => (await import('./commands/completion.js')).completionCommand(),
}

/** A message of the argument parser as one line: `error: …\n(Did you mean …?)\n` without its label and breaks. */
const oneLine = (text: string): string =>
  text
    .replace(/^error: /, '')
    .trim()
    .replaceAll('\n', ' ')

/** The command line, one file a command in commands/: with the command that the arguments name, or with all where that is none. */
export async function program(args: readonly string[] = []): Promise<Command> {
  const { version, description } = JSON.parse(
    readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
  )
  const root = new Command('dpb')
    .description(description)
    .version(version)
    .option('--no-color', 'plain text')
    .showSuggestionAfterError()
    .configureOutput({ outputError: (text, write) => write(`dpb: ${oneLine(text)}\n`) })
    .exitOverride()
  const named = args.find((word) => !word.startsWith('-')) ?? ''
  // Completion is about all of them.
  const called =
    Object.hasOwn(commands, named) && named !== 'completion' ? [commands[named]] : Object.values(commands)
  for (const load of called) root.addCommand((await load()).copyInheritedSettings(root))
  return root
}
