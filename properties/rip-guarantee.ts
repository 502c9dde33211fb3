import { minimiseInterference } from '../src/certificates/interference.js'
import { nullSpaceConstant } from '../src/certificates/null-space.js'
import { restrictedIsometry } from '../src/certificates/restricted-isometry.js'
import { givenDictionary } from '../src/codes/dense.js'
import type { Dictionary } from '../src/codes/problem.js'
import { rademacherDictionary } from '../src/codes/rademacher.js'
import { sameSubset } from '../src/codes/subset.js'
import { pursueOrthogonally } from '../src/decoders/greedy/omp.js'
import { type Claim, Counterexample } from '../src/ledger/claim.js'
import { everySubset } from '../src/numerics/subsets.js'
import { stream } from '../src/random/stream.js'

const pursuitLevel = (k: number) => 1 / Math.sqrt(k + 1)
const basisPursuitLevel = Math.SQRT1_2

/** k, N and d < N with null vectors to spare, at which evenly spread codewords can be near enough to isometric. */
const narrow = [
  [1, 9, 8],
  [1, 12, 8],
  [2, 9, 8],
  [2, 13, 11],
  [2, 14, 12],
]

/**
 * δ_{k+1} < 1/√(k + 1) ⇒ OMP recovers every k-subset, and at that level it may not; δ_{2k} < 1/√2 ⇒ basis pursuit
 * does.
 */
export const ripGuarantee: Claim = {
  id: 'rip-guarantee',
  source: 'A review; Mo 2015; Cai & Zhang 2014',
  kind: 'deterministic theorem',
  statement:
    'δ_{k+1} < 1/√(k + 1) lets OMP recover every k-subset (sharp); δ_{2k} < 1/√2 lets basis pursuit recover it.',
  expected: 'proved',
  account: {
    quantifiers: `
      Every k ≥ 1 and every dictionary (norms may differ from 1) whose restricted isometry constant is below the
      level; every k-sparse vector, so every k-subset. Sharp: for every k some dictionary with δ_{k+1} = 1/√(k + 1)
      misleads OMP that ranks by inner products, as the theorem has it. Ranked by the drop in squared error, as the
      built-in decoders do where norms differ, that dictionary is read.`,
    proof: `
      OMP: Mo 2015, “A sharp restricted isometry constant bound of orthogonal matching pursuit”; also Wen, Zhou, Wang,
      Tang & Mo, “A sharp condition for exact support recovery with orthogonal matching pursuit”, without noise. That
      it is sharp shows the dictionary that the check builds, whose δ it computes. Basis pursuit: Cai & Zhang 2014,
      “Sparse representation of a polytope and recovery of sparse signals and low-rank matrices”: δ_{tk} < √((t −
      1)/t) with t ≥ 4/3, at t = 2.`,
    computed: `
      Exact δ by exhaustion; OMP on every subset of dictionaries of unit norm; the first pick by inner products in Mo's
      example at five k; the exact null space constant for basis
      pursuit.`,
    sampled: '90 and 75 drawn dictionaries, of which those below the levels count.',
  },
  check({ seed }) {
    let [pursued, subsets] = [0, 0]
    for (let instance = 0; instance < 90; instance++) {
      const k = 1 + (instance % 3)
      const dictionary = rademacherDictionary(8, 20 + 2 * instance, stream(seed, 'omp', instance).key())
      if (restrictedIsometry(dictionary, k + 1) >= pursuitLevel(k)) continue
      pursued++
      for (const subset of everySubset(8, k)) {
        subsets++
        if (!pursues(dictionary, subset))
          throw new Counterexample(`OMP misreads {${subset}} over dictionary ${instance}`)
      }
    }
    for (const k of [1, 2, 3, 5, 8]) {
      const edge = dictionaryAtTheEdge(k)
      const excess = restrictedIsometry(edge, k + 1) - pursuitLevel(k)
      if (!(excess >= 0 && excess < 1e-5) || !misleads(edge, k))
        throw new Counterexample(`δ = 1/√(k + 1) + ${excess} does not mislead OMP at k = ${k}`)
    }
    let [certified, closest] = [0, 0]
    for (let instance = 0; instance < 75; instance++) {
      const [k, N, d] = narrow[instance % narrow.length]
      const start = rademacherDictionary(N, d, stream(seed, 'bp', instance).key())
      const { dictionary } = minimiseInterference(start, { limit: 50 })
      if (restrictedIsometry(dictionary, 2 * k) >= basisPursuitLevel) continue
      certified++
      const share = nullSpaceConstant(dictionary, k)
      closest = Math.max(closest, share)
      if (!(share < 0.5))
        throw new Counterexample(`basis pursuit misreads a ${k}-subset over dictionary ${instance}`)
    }
    return {
      verdict: pursued > 30 && certified > 30 ? 'proved' : 'inconclusive',
      evidence:
        `exact δ by exhaustion; OMP reads all ${subsets} subsets of ${pursued} dictionaries below its ` +
        'level and fails just above it on Mo’s example at k = 1, 2, 3, 5, 8; basis pursuit by the exact ' +
        `null space constant of ${certified} dictionaries of N > d below its level, k = 1 and 2: at most ` +
        `${closest.toFixed(3)}, under ½`,
      data: { pursued, subsets, certified, closest },
    }
  },
}

/** Whether the codeword of largest inner product with the sum of the first k is none of them. */
function misleads(dictionary: Dictionary, k: number): boolean {
  const members = Array.from({ length: k }, (_, m) => m)
  const scores = dictionary.correlate(dictionary.superpose(members)).map(Math.abs)
  return scores.subarray(k).some((score) => members.every((m) => score > scores[m]))
}

/** Whether OMP by magnitude, the variant of the theorem, recovers the subset from the sum of its codewords. */
const pursues = (dictionary: Dictionary, subset: readonly number[]): boolean =>
  sameSubset(
    pursueOrthogonally(dictionary, [dictionary.superpose(subset)], subset.length, 'magnitude')[0],
    subset,
  )

/**
 * k orthogonal codewords of norm √(k/(k + 1)) and a last one, of inner product 1/(k + 1) with each, which therefore
 * scores what they score (Mo 2015); a millionth is added so that it scores more.
 */
function dictionaryAtTheEdge(k: number): Dictionary {
  const members = Array.from({ length: k }, (_, m) =>
    Array.from({ length: k + 1 }, (_, j) => (j === m ? Math.sqrt(k / (k + 1)) : 0)),
  )
  const last = Array.from({ length: k + 1 }, (_, j) => (j === k ? 1 : (1 + 1e-6) / Math.sqrt(k * (k + 1))))
  return givenDictionary([...members, last])
}
