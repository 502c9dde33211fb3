import { setImmediate } from 'node:timers/promises'
import type { CodeLaws } from '../codes/model/general.js'
import type { PreparedDictionary } from '../codes/preparation.js'
import type { Dictionary } from '../codes/problem.js'
import type { BuiltInDecoder } from '../decoders/decoder.js'
import { type RecoveryCounts, recoveryCounts, recoveryOf } from '../success/trials/recovery.js'
import { type DrawnCode, drawnCode } from './drawn-codes.js'

/** What names codewords of a code: a decoder on a prepared dictionary, or an encoder. */
export interface Reader {
  readonly name: string
  read(codes: readonly DrawnCode[]): Promise<readonly ArrayLike<number>[]>
}

/** A decoder that is told k. */
export function decoderReader(
  name: string,
  decoder: BuiltInDecoder,
  prepared: PreparedDictionary,
  k: number,
): Reader {
  const { reader: dictionary } = prepared
  return {
    name,
    async read(codes) {
      const seen = codes.map(({ code }) => prepared.read(code, k))
      const { model } = codes[0]
      if (decoder.decodeMany) return decoder.decodeMany(dictionary, seen, k, model)
      const answers: ArrayLike<number>[] = []
      for (const [n, code] of seen.entries()) {
        const { uniform } = codes[n].random()
        answers.push(await decoder.decode({ dictionary, code, k, random: uniform, ...(model && { model }) }))
      }
      return answers
    },
  }
}

/** What one reader made of all codes. */
export interface Readings {
  readonly name: string
  readonly counts: RecoveryCounts
  /** 1 where the answer is the active set, 0 elsewhere. */
  readonly exact: Uint8Array
  /** How often each codeword was active and not named, length N. */
  readonly missed: Uint32Array
  /** Of the clock, for all codes. */
  readonly seconds: number
}

/** Codes that every reader reads. */
export interface ReadingRun {
  readonly k: number
  readonly codes: number
  readonly seed: string
  readonly laws: CodeLaws
  readonly signal?: AbortSignal | undefined
  /** Called after every part, with the share that is done. */
  onProgress?(share: number): void
}

/** Codes that share a pass over the dictionary. */
const TOGETHER = 8

/** What every reader makes of the same codes: uniform k-subsets of these codewords. */
export async function readAll(
  codewords: Dictionary,
  readers: readonly Reader[],
  { k, codes, seed, laws, signal, onProgress }: ReadingRun,
): Promise<Readings[]> {
  const found = readers.map(({ name }) => ({
    name,
    counts: recoveryCounts(codes),
    exact: new Uint8Array(codes),
    missed: new Uint32Array(codewords.size),
    seconds: 0,
  }))
  for (let from = 0; from < codes; from += TOGETHER) {
    const several = Array.from({ length: Math.min(TOGETHER, codes - from) }, (_, n) =>
      drawnCode(codewords, k, laws, seed, 'codes', from + n),
    )
    for (const [at, reader] of readers.entries()) {
      // The loop of events takes its turn, so that Ctrl-C is heard.
      await setImmediate()
      signal?.throwIfAborted()
      const start = performance.now()
      const answers = await reader.read(several)
      found[at].seconds += (performance.now() - start) / 1000
      answers.forEach((answer, n) => {
        note(found[at], from + n, several[n].subset, Array.from(answer))
      })
      onProgress?.((from + (several.length * (at + 1)) / readers.length) / codes)
    }
  }
  return found
}

function note(
  { counts, exact, missed }: Readings,
  t: number,
  subset: readonly number[],
  answer: readonly number[],
): void {
  const recovery = recoveryOf(subset, answer)
  exact[t] = Number(recovery.exact)
  counts.hits[t] = recovery.hits
  counts.falsePositives[t] = recovery.falsePositives
  counts.active[t] = subset.length
  const named = new Set(answer)
  for (const i of subset) if (!named.has(i)) missed[i]++
}
