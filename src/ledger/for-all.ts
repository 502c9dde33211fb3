import fc from 'fast-check'
import { fnv1a } from '../random/fnv-1a.js'
import { Counterexample } from './claim.js'

/** How many instances, and from which seed. */
export interface Instances {
  readonly seed: string
  /** Default 1,000. */
  readonly runs?: number
}

/**
 * Check a statement on drawn instances, edge cases among them. A predicate fails by returning false or by throwing.
 * @returns the number of instances.
 * @throws Counterexample with the shrunk instance.
 */
export async function forAll<T>(
  arbitrary: fc.Arbitrary<T>,
  predicate: (instance: T) => boolean | undefined | Promise<boolean | undefined>,
  { seed, runs = 1000 }: Instances,
): Promise<number> {
  const property = fc.asyncProperty(arbitrary, async (instance) => (await predicate(instance)) !== false)
  const details = await fc.check(property, { seed: hash(seed), numRuns: runs })
  if (details.failed) {
    const [instance] = details.counterexample ?? []
    const cause = details.errorInstance instanceof Error ? `: ${details.errorInstance.message}` : ''
    throw new Counterexample(`fails for ${fc.stringify(instance)}${cause}`)
  }
  return details.numRuns
}

/** fast-check takes a 32-bit seed. */
const hash = (label: string): number =>
  fnv1a(Array.from({ length: label.length }, (_, i) => label.charCodeAt(i))) | 0
