import type { Declared } from '../decoders/decoder.js'
import { type CheckOptions, checkContract } from './check.js'
import { localExaminer } from './examiner.js'

export interface AssertOptions extends CheckOptions {
  /** Milliseconds that one decode may take. 5000 unless given. */
  readonly timeLimit?: number
}

/**
 * Resolves when the decoder satisfies the contract: valid and reproducible answers, inputs left alone, no state between problems,
 * symmetry in codewords and coordinates, orthonormal and promised dictionaries read right. Rejects with an Error that has a line for
 * each property broken: the smallest instance found, and what draws it again. Runs the decoder in this thread;
 * `dpb check` runs it in one of its own, where also a decoder that loops for ever is reported.
 */
export async function assertDecoderContract(decoder: Declared, options: AssertOptions = {}): Promise<void> {
  const { timeLimit = 5000, ...rest } = options
  const { properties } = await checkContract(localExaminer(decoder, timeLimit), rest)
  const broken = properties.filter(({ passed }) => !passed)
  if (broken.length === 0) return
  const lines = broken.map(({ id, counterexample }) => `  ${id}: ${counterexample}`)
  throw new Error(`${decoder.name} breaks the decoder contract:\n${lines.join('\n')}`)
}
