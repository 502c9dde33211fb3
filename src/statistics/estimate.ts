/** An estimated quantity with its interval. */
export interface Estimate {
  /** The estimate itself, inside the interval. */
  readonly point: number
  /** Lower and upper end, both included. */
  readonly interval: readonly [lower: number, upper: number]
  /** The probability, in (0, 1), with which the interval was to contain the quantity. */
  readonly confidence: number
}
