import fc from 'fast-check'
import { evenly } from '../arbitraries/evenly.js'

export const share = evenly(0, 1)

const logUniform = (least: number, most: number) => share.map((at) => least * (most / least) ** at)

/** An integer-valued double, spread evenly over the orders of magnitude. */
export const magnitude = (least: number, most: number) =>
  logUniform(least, most).map((x) => Math.min(most, Math.max(least, Math.round(x))))

/** A failure probability between `least` and ½. */
export const failure = (least = 1e-12) => logUniform(least, 0.5)

/** N and 1 ≤ k ≤ N, both spread evenly over the orders of magnitude. */
export const subset = (mostN: number, mostK: number) =>
  magnitude(2, mostN).chain((N) => fc.record({ N: fc.constant(N), k: magnitude(1, Math.min(N, mostK)) }))

/** |actual − expected| in units of expected. */
export const relative = (actual: number, expected: number) => Math.abs(actual / expected - 1)
