/** The middle value, the upper of two. */
export const median = (values: ArrayLike<number>): number =>
  Float64Array.from(values).sort()[values.length >> 1]
