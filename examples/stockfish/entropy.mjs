// What a board is worth in bits, to three models of boards: each is a probability of the active features.
import { logChoose } from 'dims-per-bit'
import { BUCKETS, PER_BUCKET } from './network.mjs'

const SQUARES = 64
/** A square is empty, or holds one of ten kinds of men or the other king. */
const CONTENTS = 12
/** What a bucket's counts lean on those of all buckets by, in boards. */
const LEANING = 10

/** A board by its own king's bucket and what stands on each square; the own king's square is known by the bucket. */
function contentsOf(features) {
  const bucket = Math.floor(features[0] / PER_BUCKET)
  const king = 8 * Math.floor((31 - bucket) / 4) + 4 + ((31 - bucket) % 4)
  const squares = new Uint8Array(SQUARES)
  for (const i of features) squares[i % 64] = 1 + Math.floor((i % PER_BUCKET) / 64)
  return { bucket, king, squares }
}

/** Models fitted to boards, each a function from a board's features to the bits it is worth. */
export function modelsOf(boards, live) {
  const seen = boards.map(contentsOf)
  const buckets = new Float64Array(BUCKETS).fill(1)
  const everywhere = new Float64Array(SQUARES * CONTENTS).fill(1)
  const inBucket = Array.from({ length: BUCKETS }, () => new Float64Array(SQUARES * CONTENTS))
  for (const { bucket, king, squares } of seen) {
    buckets[bucket]++
    squares.forEach((content, s) => {
      if (s === king) return
      everywhere[s * CONTENTS + content]++
      inBucket[bucket][s * CONTENTS + content]++
    })
  }
  const shares = everywhere.map((count, at) => count / total(everywhere, Math.floor(at / CONTENTS)))
  const leaning = inBucket.map((counts) => counts.map((count, at) => count + LEANING * shares[at]))
  const bits = (features, countsOf) => {
    const { bucket, king, squares } = contentsOf(features)
    const counts = countsOf(bucket)
    let sum = -Math.log2(buckets[bucket] / (BUCKETS + boards.length))
    squares.forEach((content, s) => {
      if (s !== king) sum -= Math.log2(counts[s * CONTENTS + content] / total(counts, s))
    })
    return sum
  }
  return {
    'uniform subset': (features) => logChoose(live, features.length) / Math.LN2,
    'square by square': (features) => bits(features, () => everywhere),
    'square by square, given the king': (features) => bits(features, (bucket) => leaning[bucket]),
  }
}

const total = (counts, s) => counts.subarray(s * CONTENTS, (s + 1) * CONTENTS).reduce((a, b) => a + b)
