import { CommanderError } from 'commander'
import { FailedCheck } from '../io/failed-check.js'
import { firstLine } from '../io/first-line.js'
import { InputError } from '../io/input-error.js'
import { program } from './program.js'

/** Exit codes: 0 fine; 1 a check failed; 2 the call or its input is wrong, or the run; 3 inconclusive; 130 stopped by Ctrl-C. */
const [FAILED, WRONG] = [1, 2]

/** Run the command line with these arguments, and set the exit code. */
export async function run(args: readonly string[]): Promise<void> {
  try {
    await (await program(args)).parseAsync(args, { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : WRONG
    } else if (error instanceof FailedCheck) {
      process.stderr.write(`dpb: ${error.message}\n`)
      process.exitCode = FAILED
    } else if (error instanceof InputError || error instanceof RangeError) {
      process.stderr.write(`dpb: ${error.message}\n`)
      process.exitCode = WRONG
    } else {
      process.stderr.write(
        `dpb: the run failed, not the decoder: ${firstLine(error)}; DPB_DEBUG=1 shows where\n`,
      )
      if (process.env.DPB_DEBUG) process.stderr.write(`${(error as Error).stack}\n`)
      process.exitCode = WRONG
    }
  }
}
