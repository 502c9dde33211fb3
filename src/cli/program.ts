import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { baselineCommand } from './commands/baseline.js'
import { benchCommand } from './commands/bench.js'
import { checkCommand } from './commands/check.js'
import { completionCommand } from './commands/completion.js'
import { figureCommand } from './commands/figure.js'
import { gateCommand } from './commands/gate.js'
import { leaderboardCommand } from './commands/leaderboard.js'
import { measureCommand } from './commands/measure.js'
import { mergeCommand } from './commands/merge.js'
import { planCommand } from './commands/plan.js'
import { replayCommand } from './commands/replay.js'
import { reportCommand } from './commands/report.js'
import { sensitivityCommand } from './commands/sensitivity.js'
import { successCommand } from './commands/success.js'
import { tableCommand } from './commands/table.js'
import { verifyCommand } from './commands/verify.js'

/** In the order of the help. */
const commands = () => [
  planCommand(),
  checkCommand(),
  successCommand(),
  measureCommand(),
  mergeCommand(),
  sensitivityCommand(),
  figureCommand(),
  tableCommand(),
  leaderboardCommand(),
  baselineCommand(),
  gateCommand(),
  replayCommand(),
  verifyCommand(),
  reportCommand(),
  benchCommand(),
  completionCommand(),
]

/** A message of the argument parser as one line: `error: …\n(Did you mean …?)\n` without its label and breaks. */
const oneLine = (text: string): string =>
  text
    .replace(/^error: /, '')
    .trim()
    .replaceAll('\n', ' ')

/** The command line: one file a command in commands/. */
export function program(): Command {
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
  for (const command of commands()) {
    root.addCommand(command.copyInheritedSettings(root))
  }
  return root
}
