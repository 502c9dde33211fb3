import { hardBits } from '../bounds/general/bits-read.js'
import { parseActivity } from '../codes/model/activity.js'
import { rateInterval } from '../success/estimation/rate-interval.js'
import type { Metric } from '../success/estimation/recovery-metrics.js'
import type { RecoveryCounts } from '../success/trials/recovery.js'

/** How much more one reader reads than another of the same codes. @since 0.2.0 */
export interface Gap {
  readonly recall: Metric
  /** In bits a code. */
  readonly bitsRead: Metric
}

/** k-subsets of N codewords. */
interface Sizes {
  readonly N: number
  readonly k: number
}

/** Points at which the region of recalls is looked at. */
const POINTS = 256

/**
 * How much more the first reader reads than the second, of codes that both have read. Recall: the mean of the
 * differences code by code, with its betting interval. Bits: those of the pooled rates, with the least and the
 * greatest difference where both recalls, their difference and the false positives are each in an interval of theirs;
 * these share the error probability, so that no derivative is taken where the bits have none. False positives are
 * taken to be at most as many as were seen in one answer.
 *
 * @param confidence of each of the two intervals, in (0, 1)
 */
export function pairedGap(more: RecoveryCounts, less: RecoveryCounts, sizes: Sizes, confidence: number): Gap {
  return {
    recall: recallGap(more, less, sizes, confidence),
    bitsRead: bitsGap(more, less, sizes, confidence),
  }
}

function recallGap(more: RecoveryCounts, less: RecoveryCounts, { k }: Sizes, confidence: number): Metric {
  // From [−1, 1] to [0, 1].
  const halves = more.hits.map((hits, t) => (1 + (hits - less.hits[t]) / k) / 2)
  const { point, interval } = rateInterval(halves, confidence)
  return { value: 2 * point - 1, interval: [2 * interval[0] - 1, 2 * interval[1] - 1] }
}

function bitsGap(more: RecoveryCounts, less: RecoveryCounts, sizes: Sizes, confidence: number): Metric {
  const parts = 3 + [more, less].filter((counts) => sizeOf(counts) === undefined).length
  const each = 1 - (1 - confidence) / parts
  const [low, high] = recallGap(more, less, sizes, each).interval
  const [a, b] = [new Rates(more, sizes, each), new Rates(less, sizes, each)]
  let [least, most] = [Infinity, -Infinity]
  for (let n = 0; n <= POINTS; n++) {
    const recall = b.recall[0] + ((b.recall[1] - b.recall[0]) * n) / POINTS
    const greatest = Math.min(a.recall[1], recall + high)
    if (greatest >= a.recall[0]) most = Math.max(most, a.bits(greatest, 0) - b.bits(recall, 1))
    const smallest = Math.max(a.recall[0], recall + low)
    if (smallest <= a.recall[1]) least = Math.min(least, a.bits(smallest, 1) - b.bits(recall, 0))
  }
  const value = a.value - b.value
  return { value, interval: [Math.min(least, value), Math.max(most, value)] }
}

/** How many codewords every answer names; undefined where that varies. */
const sizeOf = ({ hits, falsePositives }: RecoveryCounts): number | undefined => {
  const size = hits[0] + falsePositives[0]
  return hits.every((hit, t) => hit + falsePositives[t] === size) ? size : undefined
}

const mean = (entries: Float64Array): number =>
  entries.reduce((total, entry) => total + entry, 0) / entries.length

/** The pooled rates of one reader, in intervals. */
class Rates {
  readonly value: number
  readonly recall: readonly [number, number]
  readonly #sizes: Sizes
  readonly #size: number | undefined
  /** Expected false positives, least and most, where answers vary in size. */
  readonly #wrong: readonly [number, number]

  constructor(counts: RecoveryCounts, sizes: Sizes, confidence: number) {
    const { hits, falsePositives } = counts
    const recalls = hits.map((hit) => hit / sizes.k)
    this.#sizes = sizes
    this.#size = sizeOf(counts)
    const [low, high] = rateInterval(recalls, confidence).interval
    this.recall = [low, high]
    const most = falsePositives.reduce((largest, count) => Math.max(largest, count), 1)
    const wrong = rateInterval(
      falsePositives.map((count) => count / most),
      confidence,
    ).interval
    this.#wrong = [most * wrong[0], most * wrong[1]]
    this.value = this.#bits(mean(recalls), mean(falsePositives))
  }

  /** Bits read at this recall, with the fewest (0) or the most (1) false positives. */
  bits(recall: number, which: 0 | 1): number {
    const { N, k } = this.#sizes
    const wrong = this.#size === undefined ? this.#wrong[which] : this.#size - recall * k
    // Below chance bits would grow again: what names members less often than others tells of them too.
    return this.#bits(Math.max(recall, Math.min(1, wrong / (N - k))), wrong)
  }

  #bits(recall: number, wrong: number): number {
    const { N, k } = this.#sizes
    if (N === k) return 0
    const falsePositiveRate = Math.min(1, Math.max(0, wrong / (N - k)))
    return hardBits(parseActivity('subset'), N, k, { recall, falsePositiveRate })
  }
}
