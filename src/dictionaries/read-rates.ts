import { setImmediate } from 'node:timers/promises'
import type { Float32Dictionary } from '../codes/float32-dictionary.js'
import { randomSubset } from '../codes/subset.js'
import { largest } from '../decoders/largest.js'
import { stream } from '../random/stream.js'
import { binomialInterval } from '../statistics/binomial-interval.js'

/** How often a codeword is read that stands in the code with k − 1 others. @since 0.2.0 */
export interface ReadRate {
  /** Of the codeword, in [0, N). */
  readonly index: number
  readonly readRate: number
  /** All these intervals hold at once with the confidence asked for. */
  readonly interval: readonly [number, number]
}

/** Codes that are taken at a time. */
const TOGETHER = 8
/** Codes by which the worst are chosen; their rates are measured on others. */
const CHOOSING = 64

/** What rates are measured by. */
export interface ReadRateOptions {
  readonly k: number
  readonly seed: string
  /** Codes that every one of the worst is put into. */
  readonly trials: number
  /** How many of the worst. */
  readonly worst: number
  readonly confidence: number
  readonly signal?: AbortSignal | undefined
}

/**
 * The codewords that top-k reads worst among unit codewords, worst first. Each is put into the same codes of k − 1
 * others, uniform among all, and is read where it is among the k of largest inner product; the lower index wins a tie.
 * Which are the worst is guessed on other codes, from inner products and each one's nearest neighbour, so that the
 * choice biases no rate; exact binomial intervals, corrected for how many are reported (Bonferroni).
 *
 * @param near for every codeword the one of largest inner product with it
 */
export async function worstRead(
  unit: Float32Dictionary,
  near: { readonly products: ArrayLike<number>; readonly productRows: ArrayLike<number> },
  options: ReadRateOptions,
): Promise<ReadRate[]> {
  const { trials, confidence } = options
  const chosen = await chooseWorst(unit, near, options)
  const columns = unit.correlateMany(chosen.map((i) => unit.codeword(i)))
  const reads = new Uint32Array(chosen.length)
  const counted = new Uint32Array(chosen.length)
  await forCodes(unit, options, 'rates', trials, (scores, members) => {
    chosen.forEach((i, n) => {
      if (members.has(i)) return
      counted[n]++
      if (isRead(scores, columns[n], i, options.k)) reads[n]++
    })
  })
  const each = 1 - (1 - confidence) / chosen.length
  const rates = chosen.flatMap((index, n): ReadRate[] => {
    if (counted[n] === 0) return []
    const { point, interval } = binomialInterval(reads[n], counted[n], each)
    return [{ index, readRate: point, interval: [interval[0], interval[1]] }]
  })
  return rates.sort((a, b) => a.readRate - b.readRate || a.index - b.index)
}

/** Whether codeword i is among the k of largest score, where its column of the Gram matrix is added to all scores. */
function isRead(scores: Float64Array, column: Float64Array, i: number, k: number): boolean {
  const own = scores[i] + column[i]
  let ahead = 0
  for (let j = 0; j < scores.length; j++) {
    const other = scores[j] + column[j]
    if (other > own || (other === own && j < i)) ahead++
  }
  return ahead < k
}

/** Those that the largest scores of others and the nearest neighbour keep out most often. */
async function chooseWorst(
  unit: Float32Dictionary,
  near: { readonly products: ArrayLike<number>; readonly productRows: ArrayLike<number> },
  options: ReadRateOptions,
): Promise<number[]> {
  const { size: N } = unit
  const read = new Float64Array(N)
  await forCodes(unit, options, 'choice', CHOOSING, (scores, members) => {
    const bar = scores[largest(scores, Math.min(options.k, N)).at(-1)!]
    for (let i = 0; i < N; i++) {
      const own = scores[i] + 1
      const twin = near.productRows[i]
      // With the codeword in the code its twin's score rises too, and takes one of the k places.
      const beaten = twin >= 0 && scores[twin] + near.products[i] >= own && !members.has(twin)
      const room = own - bar
      read[i] += members.has(i) ? 0.5 : Math.max(-1, Math.min(1, beaten ? -1 : room)) + 1
    }
  })
  return [...read.keys()].sort((a, b) => read[a] - read[b] || a - b).slice(0, options.worst)
}

/** Scores of every codeword on codes of k − 1 codewords. */
async function forCodes(
  unit: Float32Dictionary,
  { k, seed, signal }: ReadRateOptions,
  part: string,
  trials: number,
  use: (scores: Float64Array, members: ReadonlySet<number>) => void,
): Promise<void> {
  for (let from = 0; from < trials; from += TOGETHER) {
    // The loop of events takes its turn, so that Ctrl-C is heard.
    await setImmediate()
    signal?.throwIfAborted()
    const subsets = Array.from({ length: Math.min(TOGETHER, trials - from) }, (_, t) =>
      randomSubset(unit.size, k - 1, stream(seed, 'audit', part, k, from + t)),
    )
    const codes = subsets.map((subset) => unit.superpose(subset))
    unit.fromScores(codes, (scores, t) => use(scores, new Set(subsets[t])))
  }
}
