import { InputError } from '../../io/input-error.js'
import { bisectOutward } from '../../numerics/bisect.js'
import type { Stream } from '../../random/stream.js'
import { randomSubset } from '../subset.js'

/** Which codewords are active: a uniform k-subset, or each by itself, k of them on average. @since 0.2.0 */
export interface ActivityLaw {
  /** As it is given: `subset`, `bernoulli`, `zipf:1`. */
  readonly text: string
  readonly kind: 'subset' | 'bernoulli' | 'zipf'
  /** s of `zipf:s`; 0 for the others. */
  readonly exponent: number
}

const FORMS = 'subset, bernoulli, or zipf:s with 0 < s ≤ 4'

/** The law of this text. Throws InputError with the forms that are right. @since 0.2.0 */
export function parseActivity(text: string): ActivityLaw {
  const [kind, given, ...rest] = text.split(':') as [ActivityLaw['kind'], ...string[]]
  const exponent = Number(given ?? 0)
  const fits = kind === 'zipf' ? exponent > 0 && exponent <= 4 : given === undefined
  if (!['subset', 'bernoulli', 'zipf'].includes(kind) || rest.length > 0 || !fits) {
    throw new InputError(`active must be ${FORMS}, not '${text}'`)
  }
  return { text: kind === 'zipf' ? `zipf:${exponent}` : kind, kind, exponent }
}

/** Indices that share a bound on how often they are active: 2^b − 1, …, 2^(b + 1) − 2. */
interface Octave {
  readonly first: number
  readonly end: number
}

const octaves = (N: number): Octave[] => {
  const all: Octave[] = []
  for (let first = 0; first < N; first = 2 * first + 1) all.push({ first, end: Math.min(N, 2 * first + 1) })
  return all
}

/** Σ (i + 1)^−s over first ≤ i < end: term by term while short, then by Euler and Maclaurin to third order. */
function zipfSum(s: number, first: number, end: number): number {
  const SHORT = 64
  if (end - first <= SHORT || first < SHORT) {
    const stop = Math.min(end, Math.max(first + SHORT, SHORT))
    let sum = 0
    for (let i = first; i < stop; i++) sum += (i + 1) ** -s
    return stop < end ? sum + zipfSum(s, stop, end) : sum
  }
  const [a, b] = [first + 1, end]
  const integral = s === 1 ? Math.log(b / a) : (b ** (1 - s) - a ** (1 - s)) / (1 - s)
  const slope = (x: number) => -s * x ** (-s - 1)
  const third = (x: number) => -s * (s + 1) * (s + 2) * x ** (-s - 3)
  return integral + (a ** -s + b ** -s) / 2 + (slope(b) - slope(a)) / 12 - (third(b) - third(a)) / 720
}

/** A codeword is active at most so often. */
const MOST_RATE = 0.5

/** How often each of N codewords is active, k = Σ p_i of them on average. */
export interface Rates {
  /** p_i, 0 ≤ i < N; not growing with i. */
  of(i: number): number
  /** How many of the first codewords have the largest rate. */
  readonly level: number
  /** c of p_i = min(½, c·(i + 1)^−s). */
  readonly scale: number
}

let last: { readonly s: number; readonly N: number; readonly k: number; readonly rates: Rates } | undefined

/** The rates of a law, those of Zipf's kept for the next call. Throws InputError where no such rates add to k. */
export function ratesOf({ kind, exponent: s }: ActivityLaw, N: number, k: number): Rates {
  if (kind !== 'zipf') return { of: () => k / N, level: N, scale: k / N }
  if (last?.s !== s || last.N !== N || last.k !== k) last = { s, N, k, rates: zipfRates(s, N, k) }
  return last.rates
}

function zipfRates(s: number, N: number, k: number): Rates {
  if (k > MOST_RATE * N) {
    throw new InputError(
      `zipf:${s} at N = ${N} has k ≤ ${MOST_RATE * N} active codewords on average, not ${k}`,
    )
  }
  const levelAt = (c: number) => Math.min(N, Math.floor((c / MOST_RATE) ** (1 / s)))
  const sumAt = (c: number) => MOST_RATE * levelAt(c) + c * zipfSum(s, levelAt(c), N)
  const highest = MOST_RATE * N ** s
  const short = (log: number) => sumAt(Math.exp(log)) < k
  const scale = Math.exp(bisectOutward(Math.log(k / N) - 1, Math.log(highest), short))
  return { of: (i) => Math.min(MOST_RATE, scale * (i + 1) ** -s), level: levelAt(scale), scale }
}

/**
 * The active codewords of a trial, ascending: `subset` draws exactly k, the others any number. The cost grows with k
 * and log N.
 */
export function drawActive(law: ActivityLaw, N: number, k: number, random: Stream): number[] {
  if (law.kind === 'subset') return randomSubset(N, k, random)
  const rates = ratesOf(law, N, k)
  const active: number[] = []
  for (const { first, end } of octaves(N)) {
    const most = rates.of(first)
    const step = Math.log1p(-most)
    // The gap to the next of a Bernoulli sequence is geometric; what is rarer than the first is thinned out.
    for (let i = first - 1; ; ) {
      i += 1 + Math.floor(Math.log1p(-random.uniform()) / step)
      if (!(i < end)) break
      if (random.uniform() * most < rates.of(i)) active.push(i)
    }
  }
  return active
}
