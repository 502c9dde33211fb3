/** The number rounded to so many decimals, 0 to 100. */
export const toDecimals = (x: number, decimals: number): number => Number(x.toFixed(decimals))

/** The number rounded to so many significant digits, 1 to 100. */
export const toDigits = (x: number, digits: number): number => Number(x.toPrecision(digits))

type Interval = readonly [number, number]

/** Both ends of an interval rounded to so many decimals. */
export const endsToDecimals = ([low, high]: Interval, decimals: number): Interval => [
  toDecimals(low, decimals),
  toDecimals(high, decimals),
]

/** Both ends of an interval rounded to so many significant digits. */
export const endsToDigits = ([low, high]: Interval, digits: number): Interval => [
  toDigits(low, digits),
  toDigits(high, digits),
]
