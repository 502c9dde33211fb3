/** sum += weight · v, entry by entry. */
export function addScaled(sum: Float64Array, weight: number, v: ArrayLike<number>): void {
  for (let j = 0; j < sum.length; j++) sum[j] += weight * v[j]
}
