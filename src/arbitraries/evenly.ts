import fc from 'fast-check'

const STEPS = 2 ** 20

/**
 * A number from min to max, in equal steps; shrinks to min. `fc.double` spreads its draws over the exponents, so that
 * most are next to 0.
 */
export const evenly = (min: number, max: number): fc.Arbitrary<number> =>
  fc.nat(STEPS).map((n) => Math.min(max, min + (max - min) * (n / STEPS)))
