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

/** The moments of some values, added in their order. */
export function momentsOf(values: Iterable<number>): Moments {
  let moments = noMoments
  for (const value of values) moments = addMoment(moments, value)
  return moments
}
