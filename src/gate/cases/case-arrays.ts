import { writeFileSync } from 'node:fs'
import type { Problem } from '../../codes/problem.js'
import { RademacherDictionary } from '../../codes/rademacher.js'
import { fileError } from '../../io/file-error.js'
import { InputError } from '../../io/input-error.js'
import { type NumpyArray, npz } from '../../io/npz.js'
import { seedOf } from '../../random/stream.js'
import { type TrialName, trialOf } from './replay.js'

/**
 * Write the problem of a case for numpy: `signs` (N × d, int8) or `rows` (N × d), `code`, `k`, `seed` and `model` (the
 * bytes of its JSON, where there is one), as the decoder was given them, and the `subset`, with the `answer` where
 * there is one. Throws InputError where that cannot be written.
 */
export async function writeArrays(
  path: string,
  name: TrialName,
  answer: readonly number[] | undefined,
): Promise<void> {
  const { problem, subset, random } = await trialOf(name)
  const integers = (values: readonly number[]): NumpyArray => ({
    shape: [values.length],
    values: Int32Array.from(values),
  })
  const scalar = (value: number): NumpyArray => ({ shape: [], values: Float64Array.of(value) })
  const content = npz({
    ...dictionaryArray(problem),
    code: { shape: [name.d], values: problem.code },
    k: scalar(problem.k),
    // What a program gets as the seed of its own randomness.
    seed: scalar(seedOf(random().state())),
    ...(problem.model && { model: textArray(JSON.stringify(problem.model)) }),
    subset: integers(subset),
    ...(answer && { answer: integers(answer) }),
  })
  try {
    writeFileSync(path, content)
  } catch (error) {
    throw new InputError(`cannot write '${path}': ${fileError(error)}`)
  }
}

function textArray(text: string): NumpyArray {
  const bytes = Buffer.from(text)
  return { shape: [bytes.length], values: Int8Array.from(bytes) }
}

function dictionaryArray({ dictionary }: Problem): Record<string, NumpyArray> {
  const { size: N, dimension: d } = dictionary
  if (dictionary instanceof RademacherDictionary) {
    const signs = new Int8Array(N * d)
    for (let i = 0; i < N; i++) signs.set(dictionary.signs(i), i * d)
    return { signs: { shape: [N, d], values: signs } }
  }
  const rows = new Float64Array(N * d)
  for (let i = 0; i < N; i++) rows.set(dictionary.codeword(i), i * d)
  return { rows: { shape: [N, d], values: rows } }
}
