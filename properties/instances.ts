import fc from 'fast-check'
import { dictionaryOfSigns, rademacherDictionary } from '../src/codes/rademacher.js'
import { stream } from '../src/codes/stream.js'
import { randomSubset } from '../src/codes/subset.js'
import type { Trial } from '../src/codes/trial.js'

/** A small problem by its parameters; everything random in it comes from the run's seed and the trial number. */
export interface Instance {
  readonly N: number
  readonly k: number
  readonly d: number
  readonly trial: number
  /** Codewords that repeat an earlier one, up to sign: ties and collisions. */
  readonly repeats: number
  draw(seed: string): Trial
}

/**
 * Small problems, typical and adversarial: k = 0, 1 and N, tiny d where most codewords collide, repeated and negated
 * codewords, d wide enough for one-step reading.
 */
export function adversarial({ largest = 40, widest = 200 } = {}): fc.Arbitrary<Instance> {
  return fc
    .record({
      N: fc.integer({ min: 1, max: largest }),
      fill: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 0.3, noNaN: true })),
      d: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: widest })),
      trial: fc.noShrink(fc.nat()),
      repeats: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(3) }),
    })
    .map(({ N, fill, d, trial, repeats }) => {
      const k = Math.round(fill * N)
      return { N, k, d, trial, repeats, draw: (seed) => draw({ N, k, d, trial, repeats }, seed) }
    })
}

function draw({ N, k, d, trial, repeats }: Omit<Instance, 'draw'>, seed: string): Trial {
  const random = stream(seed, N, k, d, trial)
  const drawn = rademacherDictionary(N, d, random.key())
  const rows = Array.from({ length: N }, (_, i) => drawn.signs(i))
  for (let r = 0; r < repeats && N > 1; r++) {
    const sign = random.uniform() < 0.5 ? 1 : -1
    rows[1 + random.integer(N - 1)] = rows[0].map((entry) => sign * entry)
  }
  const dictionary = repeats ? dictionaryOfSigns(rows) : drawn
  const subset = randomSubset(N, k, random)
  return { problem: { dictionary, code: dictionary.superpose(subset), k, random: random.uniform }, subset }
}
