import fc from 'fast-check'
import { kappa, leastInterference } from '../src/bounds/welch.js'
import { interference, minimiseInterference } from '../src/certificates/interference.js'
import { DenseDictionary, gaussianDictionary } from '../src/codes/dense.js'
import { tightFrame } from '../src/codes/ensembles/tight-frame.js'
import type { Dictionary } from '../src/codes/problem.js'
import { dictionaryOfSigns, rademacherDictionary } from '../src/codes/rademacher.js'
import { type Claim, Counterexample } from '../src/ledger/claim.js'
import { forAll } from '../src/ledger/for-all.js'
import type { Key } from '../src/random/key.js'
import { stream } from '../src/random/stream.js'
import { binomialInterval } from '../src/statistics/binomial-interval.js'

/** Sizes of Figure 4 that descend in a moment, and how many starts at each. */
const descents = [
  [64, 16, 40],
  [64, 32, 20],
  [128, 16, 20],
]
/** The smallest size at which a start can be rank-deficient and another a saddle: every start is tried. */
const [fewest, narrowest] = [4, 2]
const confidence = 0.99

/**
 * γ_opt = κ(d/N)/d·N/(N − 1), κ(r) = 1 − r: a bound on every dictionary, met by tight frames. Descent finds it from
 * most starts, not from all.
 */
export const claim1: Claim = {
  id: 'claim-1',
  source: 'Claim 1, Section 3.4, Figure 4',
  kind: 'conjecture',
  statement:
    'The least γ over unit-norm dictionaries is κ(d/N)/d, with κ(r) ≈ 1 for small r; projected ' +
    'gradient descent finds it.',
  expected: 'in part',
  besides: 'descents from drawn starts, their interval in the row',
  account: {
    quantifiers: `
      Every N ≥ 2, d ≥ 1, every d × N dictionary of unit codewords. “For some κ”: no function of d/N alone gives
      γ_opt·d at every size; κ(r) = 1 − r does in the limit of large N. “Descent finds it”: for a share of the starts
      that the row measures.`,
    proof: `
      Let G = FᵀF. Its trace is N and its rank at most d, so by Cauchy–Schwarz over its at most d non-zero eigenvalues
      ‖G‖² ≥ N²/d. γ = (‖G‖² − N)/(N(N − 1)) ≥ (N − d)/(d(N − 1)) (Welch 1974; Benedetto & Fickus 2003), and ≥ 0 where
      d > N. It is attained iff FFᵀ = (N/d)·I: for d < N by the codewords √(2/d)·(cos 2πmn/N, sin 2πmn/N)_{m ≤ d/2}
      with 1/√d added where d is odd, since Σ_n e^(2πi(m ± m′)n/N) = 0 unless m = ± m′; for d ≥ N by orthonormal ones.
      So γ_opt·d = (1 − r)·N/(N − 1), r = d/N: at r = ⅓ it is 1 for (N, d) = (3, 1) and 0.8 for (6, 2), and it tends
      to 1 − r as N grows. Descent need not find it: where all codewords are eigenvectors of FFᵀ the gradient
      vanishes, and a start of deficient rank stays in its span.`,
    computed: `
      The bound at every drawn dictionary; its attainment by a constructed frame at all d ≤ N ≤ 32; descent from every
      one of the 256 sign dictionaries with N = 4, d = 2.`,
    sampled: `
      1,000 drawn dictionaries. Descent from Rademacher starts at three sizes of Figure 4; how many fail, with a 99 %
      interval.`,
  },
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
      for (let d = 1; d <= N; d++, frames++) meets(tightFrame(N, d), `the tight frame of N = ${N}, d = ${d}`)
    }
    const every = everyStart(fewest, narrowest)
    const stuck = every.filter((start) => !reaches(start)).length
    const starts = descents.flatMap(([N, d, count]) =>
      Array.from({ length: count }, (_, i) =>
        rademacherDictionary(N, d, stream(seed, 'descent', N, d, i).key()),
      ),
    )
    const failed = starts.filter((start) => !reaches(start)).length
    const [low, high] = binomialInterval(failed, starts.length, confidence).interval
    const percent = (share: number) => `${(100 * share).toFixed(1)} %`
    return {
      verdict: stuck > 0 && stuck < every.length && high < 0.5 ? 'in part' : 'refuted',
      part:
        'with κ(r) = 1 − r as N grows (γ_opt·d is (1 − d/N)·N/(N − 1), no function of d/N alone), and ' +
        'for descent from most starts',
      evidence:
        'the bound by Welch 1974, met by tight frames (Benedetto & Fickus 2003): no γ below ' +
        `(N−d)/(d(N−1)) in ${drawn} drawn dictionaries (closest ${closest.toFixed(3)} times it), met to ` +
        `1e-12 by ${frames} constructed frames; descent stops short of it from ${failed} of ` +
        `${starts.length} Rademacher starts at N = 64 and 128, d = 16 and 32 (${percent(low)} to ` +
        `${percent(high)} with ${100 * confidence} % confidence), and from ${stuck} of all ` +
        `${every.length} sign dictionaries with N = ${fewest}, d = ${narrowest}, where codewords are ` +
        'saddles or span too little',
      data: {
        closest,
        frames,
        failed,
        starts: starts.length,
        interval: [low, high],
        stuck,
        of: every.length,
      },
    }
  },
}

/** Every dictionary of signs of a tiny size. */
const everyStart = (N: number, d: number): Dictionary[] =>
  Array.from({ length: 2 ** (N * d) }, (_, F) =>
    dictionaryOfSigns(
      Array.from({ length: N }, (_, i) =>
        Int8Array.from({ length: d }, (_, j) => 1 - 2 * ((F >> (i * d + j)) & 1)),
      ),
    ),
  )

/** Whether descent ends at the least interference, to 1e-9 relative to 1/d. */
function reaches(start: Dictionary): boolean {
  const { dictionary } = minimiseInterference(start)
  const { size: N, dimension: d } = dictionary
  return Math.abs(interference(dictionary) - leastInterference(N, d)) * d <= 1e-9
}

/** Throws Counterexample unless the codewords have norm 1, and γ is κ(d/N)/d·N/(N − 1), to 1e-12 relative to 1/d. */
function meets(dictionary: Dictionary, name: string): void {
  const { size: N, dimension: d } = dictionary
  const gamma = interference(dictionary)
  const least = (kappa(d / N) / d) * (N / (N - 1))
  const norms = Array.from({ length: N }, (_, i) => Math.hypot(...dictionary.codeword(i)))
  if (!norms.every((norm) => Math.abs(norm - 1) <= 1e-12))
    throw new Counterexample(`${name}: not of unit norm`)
  if (!(Math.abs(gamma - least) * d <= 1e-12)) throw new Counterexample(`${name}: γ = ${gamma}, not ${least}`)
}

/** Unit codewords: uniform on the sphere, signs, or signs of which half repeat another. */
function draw(law: string, N: number, d: number, key: Key): Dictionary {
  if (law === 'sphere') return gaussianDictionary(N, d, key)
  const signs = rademacherDictionary(N, d, key)
  if (law === 'signs') return signs
  const entries = Array.from({ length: N }, (_, i) => Array.from(signs.codeword(i >> 1)))
  return new DenseDictionary(Float64Array.from(entries.flat()), d)
}
