import fc from 'fast-check'

/** From 0 to 1 in equal steps; `fc.double` spreads its draws over the exponents, so that most are next to 0. */
export const share = fc.nat(2 ** 20).map((n) => n / 2 ** 20)

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
