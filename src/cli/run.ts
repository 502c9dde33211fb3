import { CommanderError } from 'commander'
import { InputError } from '../io/input-error.js'
import { program } from './program.js'

/** Exit codes: 0 fine; 1 a check failed; 2 the call or its input is wrong; 3 inconclusive; 130 stopped by Ctrl-C. */
const WRONG_INPUT = 2

/** Run the command line with these arguments, and set the exit code. */
export async function run(args: readonly string[]): Promise<void> {
  try {
    await (await program(args)).parseAsync(args, { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : WRONG_INPUT
    } else if (error instanceof InputError || error instanceof RangeError) {
      process.stderr.write(`dpb: ${error.message}\n`)
      process.exitCode = WRONG_INPUT
    } else {
      throw error
    }
  }
}
