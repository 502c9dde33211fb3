/** Count, mean and sum of squared deviations from the mean of the values seen so far. */
export interface Moments {
  readonly count: number
  readonly mean: number
  readonly m2: number
}

/** The moments of no values. */
export const noMoments: Moments = { count: 0, mean: 0, m2: 0 }

/** The moments with one value more (Welford 1962). */
export function addMoment({ count, mean, m2 }: Moments, value: number): Moments {
  const step = value - mean
  const nextMean = mean + step / (count + 1)
  return { count: count + 1, mean: nextMean, m2: m2 + step * (value - nextMean) }
}

/** The moments of two samples together (Chan, Golub & LeVeque 1979). */
export function mergeMoments(left: Moments, right: Moments): Moments {
  if (left.count === 0) return right
  if (right.count === 0) return left
  const count = left.count + right.count
  const step = right.mean - left.mean
  return {
    count,
    mean: left.mean + (step * right.count) / count,
    m2: left.m2 + right.m2 + (step * step * left.count * right.count) / count,
  }
}

/** The moments of some values, added in their order. */
export function momentsOf(values: Iterable<number>): Moments {
  let moments = noMoments
  for (const value of values) moments = addMoment(moments, value)
  return moments
}
