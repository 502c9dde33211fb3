import type { PlannedBound } from '../bounds/plan.js'

/**
 * A dimension for people: up to a million in full, with one decimal unless it is whole; larger as 1.05·10⁶.
 */
export const dimensionText = (d: number): string =>
  d < 1e6 ? (Number.isInteger(d) ? String(d) : d.toFixed(1)) : powerText(d, 2)

/**
 * The dimension of a statement of a plan for people, with its bar where it has one, and a ? where it is not to be
 * relied on.
 */
export function plannedText({ dimension, interval, reason }: PlannedBound): string {
  if (dimension === null) return '–'
  const bar = interval && interval[1] > interval[0] ? ` to ${dimensionText(interval[1])}` : ''
  return `${dimensionText(dimension)}${bar}${reason === undefined ? '' : ' ?'}`
}

/** An interval for people. */
export const intervalText = ([low, high]: readonly [number, number], digits = 3): string =>
  `[${low.toFixed(digits)}, ${high.toFixed(digits)}]`

/** A number for people: four significant digits, and never 1e+3 for a thousand. */
export function numberText(x: number): string {
  if (Number.isInteger(x) && Math.abs(x) < 1e9) return String(x)
  if (x !== 0 && (Math.abs(x) < 1e-3 || Math.abs(x) >= 1e9)) return powerText(x)
  return String(Number(x.toPrecision(4)))
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** An integer as an exponent: ⁻⁷. */
export const superscript = (n: number): string =>
  `${n < 0 ? '⁻' : ''}${[...String(Math.abs(n))].map((digit) => superscripts[Number(digit)]).join('')}`

/** A very small or large number as 3.3·10⁻⁷. */
export function powerText(x: number, digits = 1): string {
  const [mantissa, exponent] = x.toExponential(digits).split('e')
  const power = `10${superscript(Number(exponent))}`
  return Number(mantissa) === 1 ? power : `${Number(mantissa)}·${power}`
}

/** A number of codewords, as a power of two where it is one. */
export function sizeText(N: number): string {
  const power = Math.log2(N)
  if (N >= 256 && Number.isInteger(power)) return `2${superscript(power)}`
  return Number.isSafeInteger(N) ? String(N) : powerText(N)
}

/** A number in so many significant digits, and never 2.3e+3 for 2300. */
export function digitsText(x: number, digits: number): string {
  const text = x.toPrecision(digits)
  return text.includes('e') ? numberText(Number(text)) : text
}

/** A text with its numbers as they stand everywhere: 2^20 as 2²⁰, N = 65536 as N = 2¹⁶, 4.1e-8 as 4.1·10⁻⁸. */
export const inNotation = (text: string): string =>
  text
    .replace(/(?<![\w.^)])(\d+)\^([-−]?\d+)(?!\w|\.\d)/gu, (_, base: string, power: string) =>
      base.concat(superscript(Number(power.replace('−', '-')))),
    )
    .replace(/\bN = (\d+)(?![\w.·⁰¹²³⁴⁵⁶⁷⁸⁹])/gu, (_, N: string) => `N = ${sizeText(Number(N))}`)
    .replace(/(?<![\w.])\d+(?:\.\d+)?e[+-]?\d+(?!\w|\.\d)/g, (number) => numberText(Number(number)))

/** `1 row`, `2 rows`. */
export const countText = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`

/** `1 codeword`, `2²⁰ codewords`. */
export const codewordsText = (N: number): string => `${sizeText(N)} ${N === 1 ? 'codeword' : 'codewords'}`

/** A time to plan by: 12 s, 34 min, 5.6 h. */
export function durationText(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toPrecision(2)} h`
}
