import { CommanderError } from 'commander'
import { FailedCheck } from '../io/failed-check.js'
import { fileError } from '../io/file-error.js'
import { firstLine } from '../io/first-line.js'
import { InputError } from '../io/input-error.js'
import { errorLine } from '../io/text/terminal.js'
import { visibleLines } from '../io/text/visible.js'
import { program } from './program.js'

/**
 * Exit codes: 0 fine; 1 a check failed; 2 the call or its input is wrong, or the run; 3 inconclusive; 130 stopped by
 * Ctrl-C.
 */
const [FAILED, WRONG] = [1, 2]

/** Run the command line with these arguments, and set the exit code. */
export async function run(args: readonly string[]): Promise<void> {
  try {
    const root = await program(args)
    const [first, second] = args
    // Help about what is no command is as wrong as the command.
    const unknown = first === 'help' && second && !root.commands.some((command) => command.name() === second)
    await root.parseAsync(unknown ? [second] : args, { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : WRONG
    else reportError(error)
  }
}

/**
 * Say in one line what ended a run, and set the exit code: none but that of a failed check says something about a
 * decoder.
 */
export function reportError(error: unknown): void {
  process.exitCode = error instanceof FailedCheck ? FAILED : WRONG
  process.stderr.write(errorLine(lineOf(error)))
  if (process.env.DPB_DEBUG) process.stderr.write(`${visibleLines(String(Object(error).stack))}\n`)
}

function lineOf(error: unknown): string {
  if (error instanceof FailedCheck || error instanceof InputError || error instanceof RangeError) {
    return error.message
  }
  const { syscall, path } = Object(error)
  if (syscall !== undefined) return `cannot ${syscall}${path ? ` '${path}'` : ''}: ${fileError(error)}`
  return `the run failed, not the decoder: ${firstLine(error)}; DPB_DEBUG=1 shows where`
}
