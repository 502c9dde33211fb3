import fc from 'fast-check'
import { kappa, leastInterference } from '../src/bounds/welch.js'
import { interference, minimiseInterference } from '../src/certificates/interference.js'
import { DenseDictionary, gaussianDictionary } from '../src/codes/dense.js'
import { tightFrame } from '../src/codes/ensembles/tight-frame.js'
import type { Dictionary } from '../src/codes/problem.js'
import { rademacherDictionary } from '../src/codes/rademacher.js'
import { type Claim, Counterexample } from '../src/ledger/claim.js'
import { forAll } from '../src/ledger/for-all.js'
import type { Key } from '../src/random/key.js'
import { stream } from '../src/random/stream.js'

/** Sizes of Figure 4 that descend in a second or so. */
const descents = [64, 128, 256].flatMap((N) =>
  [16, 32, 64, 128].filter((d) => N * d <= 2 ** 13).map((d) => [N, d]),
)

/** γ_opt = κ(d/N)/d·N/(N − 1), κ(r) = 1 − r: a bound on every dictionary, met by tight frames, and found by projected gradient descent. */
export const claim1: Claim = {
  id: 'claim-1',
  source: 'Claim 1, Section 3.4, Figure 4',
  kind: 'conjecture',
  statement:
    'The least γ over unit-norm dictionaries is κ(d/N)/d, with κ(r) ≈ 1 for small r; projected gradient descent finds it.',
  expected: 'proved',
  async check({ seed }) {
    const shapes = fc.record({
      N: fc.integer({ min: 2, max: 40 }),
      d: fc.integer({ min: 1, max: 40 }),
      law: fc.constantFrom('sphere', 'signs', 'clusters'),
      trial: fc.noShrink(fc.nat()),
    })
    let closest = Infinity
    const drawn = await forAll(
      shapes,
      ({ N, d, law, trial }) => {
        const gamma = interference(draw(law, N, d, stream(seed, N, d, trial).key()))
        const least = leastInterference(N, d)
        if (least > 0) closest = Math.min(closest, gamma / least)
        return gamma >= least - 1e-12
      },
      { seed },
    )
    let frames = 0
    for (let N = 2; N <= 32; N++) {
      for (let d = 1; d <= N; d++, frames++)
        meets(tightFrame(N, d), `the tight frame of N = ${N}, d = ${d}`, 1e-12)
    }
    for (const [N, d] of descents) {
      const start = rademacherDictionary(N, d, stream(seed, 'descent', N, d).key())
      meets(
        minimiseInterference(start).dictionary,
        `descent from Rademacher codewords, N = ${N}, d = ${d}`,
        1e-9,
      )
    }
    return {
      verdict: 'proved',
      evidence: `κ(r) = 1 − r: Welch 1974 and Benedetto & Fickus 2003; no γ below (N−d)/(d(N−1)) in ${drawn} drawn dictionaries (closest ${closest.toFixed(3)} times it), met to 1e-12 by ${frames} constructed tight frames and to 1e-9 by ${descents.length} descents from Rademacher starts`,
      data: { closest, frames, descents },
    }
  },
}

/** Throws Counterexample unless the codewords have norm 1, and γ is κ(d/N)/d·N/(N − 1), relative to 1/d. */
function meets(dictionary: Dictionary, name: string, tolerance: number): void {
  const { size: N, dimension: d } = dictionary
  const gamma = interference(dictionary)
  const least = (kappa(d / N) / d) * (N / (N - 1))
  const norms = Array.from({ length: N }, (_, i) => Math.hypot(...dictionary.codeword(i)))
  if (!norms.every((norm) => Math.abs(norm - 1) <= 1e-12))
    throw new Counterexample(`${name}: not of unit norm`)
  if (!(Math.abs(gamma - least) * d <= tolerance))
    throw new Counterexample(`${name}: γ = ${gamma}, not ${least}`)
}

/** Unit codewords: uniform on the sphere, signs, or signs of which half repeat another. */
function draw(law: string, N: number, d: number, key: Key): Dictionary {
  if (law === 'sphere') return gaussianDictionary(N, d, key)
  const signs = rademacherDictionary(N, d, key)
  if (law === 'signs') return signs
  const entries = Array.from({ length: N }, (_, i) => Array.from(signs.codeword(i >> 1)))
  return new DenseDictionary(Float64Array.from(entries.flat()), d)
}
