import { CommanderError } from 'commander'
import { FailedCheck } from '../io/failed-check.js'
import { fileError } from '../io/file-error.js'
import { firstLine } from '../io/first-line.js'
import { InputError } from '../io/input-error.js'
import { NotExamined } from '../io/not-examined.js'
import { errorLine } from '../io/text/terminal.js'
import { visibleLines } from '../io/text/visible.js'
import { program } from './program.js'

/**
 * Exit codes: 0 fine; 1 a check failed; 2 the call or its input is wrong, or the run; 3 inconclusive, or not examined;
 * 130 stopped by Ctrl-C.
 */
const [FAILED, WRONG, NOT_EXAMINED] = [1, 2, 3]

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

/** Say in one line what ended a run, and set the exit code: 2 says nothing about a decoder. */
export function reportError(error: unknown): void {
  process.exitCode = codeOf(error)
  process.stderr.write(errorLine(lineOf(error)))
  if (process.env.DPB_DEBUG) process.stderr.write(`${visibleLines(String(Object(error).stack))}\n`)
}

function codeOf(error: unknown): number {
  if (error instanceof FailedCheck) return FAILED
  return error instanceof NotExamined ? NOT_EXAMINED : WRONG
}

/** Errors whose message says all there is to say. */
const SAID = [FailedCheck, InputError, NotExamined, RangeError]

function lineOf(error: unknown): string {
  const said = SAID.some((kind) => error instanceof kind)
  if (said) return (error as Error).message
  const { syscall, path } = Object(error)
  if (syscall !== undefined) return `cannot ${syscall}${path ? ` '${path}'` : ''}: ${fileError(error)}`
  return `the run failed, not the decoder: ${firstLine(error)}; DPB_DEBUG=1 shows where`
}
