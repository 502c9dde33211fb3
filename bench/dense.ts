/** N × d floats, all 1/√d: a dictionary's codewords as a dense matrix, row after row. */
export const denseMatrix = (N: number, d: number): Float32Array =>
  new Float32Array(N * d).fill(1 / Math.sqrt(d))

/** scores ← the product of a matrix, N rows of d floats with d a multiple of 4, and a vector of d. */
export function denseScores(
  matrix: Float32Array,
  vector: Float32Array,
  scores: Float32Array | Float64Array,
): void {
  const d = vector.length
  for (let i = 0, at = 0; i < scores.length; i++, at += d) {
    let a = 0
    let b = 0
    let c = 0
    let e = 0
    for (let j = 0; j < d; j += 4) {
      a += matrix[at + j] * vector[j]
      b += matrix[at + j + 1] * vector[j + 1]
      c += matrix[at + j + 2] * vector[j + 2]
      e += matrix[at + j + 3] * vector[j + 3]
    }
    scores[i] = a + b + c + e
  }
}
