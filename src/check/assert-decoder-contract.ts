import type { Declared } from '../decoders/decoder.js'
import { requirePositive } from '../io/arguments.js'
import { type CheckOptions, checkContract } from './check.js'
import { type Examiner, localExaminer } from './examiner.js'

/** The options of a check in this thread. @since 0.1.0 */
export interface AssertOptions extends CheckOptions {
  /** Milliseconds that one decode may take. @defaultValue `5000` */
  readonly timeLimit?: number
}

/**
 * Resolves when the decoder satisfies the contract: valid and reproducible answers, inputs left alone, no state
 * between problems, symmetry in codewords and coordinates, orthonormal and promised dictionaries read right. Rejects
 * with an Error that has a line for each cause of broken properties, with the smallest instance found and what draws
 * it again, and for each of those that were not examined. Runs the decoder in this thread; `dpb check` runs it in a
 * process of its own, where also a decoder that loops for ever is reported.
 *
 * @since 0.1.0
 */
export async function assertDecoderContract(
  decoder: Declared,
  { timeLimit = 5000, ...options }: AssertOptions = {},
): Promise<void> {
  requirePositive('timeLimit', timeLimit)
  return assertKept(localExaminer(decoder, timeLimit), options)
}

/** The same for a decoder wherever it runs. */
export async function assertKept(examiner: Examiner, options: CheckOptions): Promise<void> {
  const { decoder, passed, causes } = await checkContract(examiner, options)
  if (passed) return
  const lines = causes
    .filter(({ verdict }) => verdict !== 'does not apply')
    .map(
      ({ verdict, properties, text }) =>
        `  ${properties.join(', ')}: ${verdict === 'broken' ? text : `${verdict}: ${text}`}`,
    )
  throw new Error(`${decoder} breaks the decoder contract:\n${lines.join('\n')}`)
}
