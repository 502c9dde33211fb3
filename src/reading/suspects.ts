import { setImmediate } from 'node:timers/promises'
import type { CodeLaws } from '../codes/model/general.js'
import type { Dictionary } from '../codes/problem.js'
import type { ReadRate } from '../dictionaries/read-rates.js'
import { binomialInterval } from '../statistics/binomial-interval.js'
import { type DrawnCode, drawnCodeWith } from './drawn-codes.js'
import type { Reader, Readings } from './readers.js'

/** The codewords that one reader reads worst, as far as was looked. @since 0.2.0 */
export interface SuspectRates {
  readonly reader: string
  /** Worst first. */
  readonly codewords: readonly ReadRate[]
}

/** How suspects are chosen and tried. */
export interface SuspectOptions {
  readonly k: number
  readonly laws: CodeLaws
  readonly seed: string
  /** How many of each reader. */
  readonly suspects: number
  /** Codes that each is put into. */
  readonly tries: number
  /** Of all intervals of all readers at once. */
  readonly confidence: number
  /** Codewords to suspect where a reader has missed too few: the likeliest first. */
  readonly likely: readonly number[]
  readonly signal?: AbortSignal | undefined
}

const TOGETHER = 16

/**
 * How often each reader reads the codewords that it is most likely to miss. Suspected are those that it missed most
 * often among the codes that all have read, then the likely ones; each is put into the same codes of k − 1 others,
 * which are other codes than those it was suspected by, so that the choice biases no rate. Exact binomial intervals,
 * corrected for how many codewords are tried by how many readers (Bonferroni).
 */
export async function suspectRates(
  codewords: Dictionary,
  readers: readonly Reader[],
  readings: readonly Readings[],
  options: SuspectOptions,
): Promise<SuspectRates[]> {
  const chosen = readings.map(({ missed }) => suspected(missed, options))
  const looked = chosen.reduce((sum, list) => sum + list.length, 0)
  const each = 1 - (1 - options.confidence) / Math.max(1, looked)
  const found: SuspectRates[] = []
  for (const [at, reader] of readers.entries()) {
    const rates: ReadRate[] = []
    for (const index of chosen[at]) {
      const reads = await readsOf(codewords, reader, index, options)
      const { point, interval } = binomialInterval(reads, options.tries, each)
      rates.push({ index, readRate: point, interval: [interval[0], interval[1]] })
    }
    rates.sort((a, b) => a.readRate - b.readRate || a.index - b.index)
    found.push({ reader: reader.name, codewords: rates })
  }
  return found
}

/** Those missed most often, the lowest index first among equals, then the likely ones. */
function suspected(missed: Uint32Array, { suspects, likely }: SuspectOptions): number[] {
  const seen = [...missed.keys()].filter((i) => missed[i] > 0).sort((a, b) => missed[b] - missed[a] || a - b)
  return [...new Set([...seen.slice(0, suspects), ...likely])].slice(0, suspects)
}

/** In how many codes the reader names the codeword, which is in all of them. */
async function readsOf(
  codewords: Dictionary,
  reader: Reader,
  index: number,
  { k, laws, seed, tries, signal }: SuspectOptions,
): Promise<number> {
  let reads = 0
  for (let from = 0; from < tries; from += TOGETHER) {
    await setImmediate()
    signal?.throwIfAborted()
    const codes = Array.from(
      { length: Math.min(TOGETHER, tries - from) },
      (_, n): DrawnCode => drawnCodeWith(codewords, index, k, laws, seed, from + n),
    )
    const answers = await reader.read(codes)
    for (const answer of answers) if (Array.from(answer).includes(index)) reads++
  }
  return reads
}
