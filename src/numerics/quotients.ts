/** row/unit; a loop, since a closure an entry takes as long as a product itself. */
export function quotients(row: Float64Array | Int32Array, unit: number): Float64Array {
  const scores = new Float64Array(row.length)
  for (let i = 0; i < scores.length; i++) scores[i] = row[i] / unit
  return scores
}
