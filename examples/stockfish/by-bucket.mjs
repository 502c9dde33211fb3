// Least squares on the features of one bucket of the king after the other: within a bucket nothing is in superposition.
import { BUCKETS, DIMENSION, PER_BUCKET } from './network.mjs'

/** Rows that a position can have: pawns stand on neither the first rank nor the last. */
export const isLive = (feature) => {
  const [plane, square] = [Math.floor((feature % PER_BUCKET) / 64), feature % 64]
  return plane > 1 || (square >= 8 && square < 56)
}

/** The live features of a bucket. */
export const liveIn = (bucket) =>
  Array.from({ length: PER_BUCKET }, (_, i) => PER_BUCKET * bucket + i).filter(isLive)

/** For each bucket a function from the sums without biases to the board in it that has just these, or undefined. */
export function bucketReaders({ rows }) {
  return Array.from({ length: BUCKETS }, (_, bucket) => {
    const features = liveIn(bucket)
    const codewords = features.map((i) =>
      Float64Array.from(rows.subarray(i * DIMENSION, (i + 1) * DIMENSION)),
    )
    const factor = cholesky(codewords)
    return (sums) => {
      const weights = solve(
        factor,
        Float64Array.from(codewords, (f) => inner(f, sums, DIMENSION)),
      )
      const ones = features.filter((_, i) => weights[i] > 0.5)
      const left = sums.slice()
      for (const i of ones) for (let j = 0; j < DIMENSION; j++) left[j] -= rows[i * DIMENSION + j]
      // Sums are integers: what encodes to them does so exactly.
      return left.every((rest) => rest === 0) ? ones : undefined
    }
  })
}

function inner(a, b, length) {
  let sum = 0
  for (let j = 0; j < length; j++) sum += a[j] * b[j]
  return sum
}

/** Rows of the factor L of the Gram matrix of independent codewords. */
function cholesky(codewords) {
  const factor = []
  for (const [i, f] of codewords.entries()) {
    const row = new Float64Array(i + 1)
    for (let j = 0; j <= i; j++) {
      const rest = inner(f, codewords[j], f.length) - inner(row, factor[j] ?? row, j)
      row[j] = j < i ? rest / factor[j][j] : Math.sqrt(rest)
    }
    if (!(row[i] > 1e-6)) throw new Error('the features of a bucket are not independent')
    factor.push(row)
  }
  return factor
}

function solve(factor, y) {
  for (const [i, row] of factor.entries()) y[i] = (y[i] - inner(row, y, i)) / row[i]
  for (let i = factor.length - 1; i >= 0; i--) {
    y[i] /= factor[i][i]
    for (let j = 0; j < i; j++) y[j] -= factor[i][j] * y[i]
  }
  return y
}
