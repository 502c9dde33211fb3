import { countingBound } from '../src/bounds/counting-bound.js'
import { idealFailure, idealSuccess } from '../src/bounds/ideal-decoding.js'
import { type RademacherDictionary, rademacherDictionary } from '../src/codes/rademacher.js'
import { sameSubset } from '../src/codes/subset.js'
import { maximumLikelihood } from '../src/decoders/maximum-likelihood.js'
import { type Claim, Counterexample } from '../src/ledger/claim.js'
import { firstInteger } from '../src/numerics/bisect.js'
import { countSubsets, everySubset } from '../src/numerics/subsets.js'
import { stream } from '../src/random/stream.js'
import { testMean } from '../src/statistics/mean-test.js'
import { percent } from './paper-range.js'

const sizes = [
  [2 ** 12, 10],
  [2 ** 20, 28],
  [2 ** 20, 100],
  [2 ** 40, 100],
  [2 ** 60, 1000],
]
const [N, k, dimensions] = [12, 4, [2, 4, 6, 9, 12]]

/** Ideal decoding of a random dictionary jumps from failing to succeeding near the information limit. */
export const allOrNothing: Claim = {
  id: 'all-or-nothing',
  source: 'Section 3.5; Reeves, Xu & Zadik 2019',
  kind: 'empirical',
  statement:
    'Ideal decoding of a random dictionary jumps from failing to succeeding near the information limit.',
  expected: 'supported',
  account: {
    quantifiers: `
      Proved at five (N, k) from (2^12, 10) to (2^60, 1000): there is a d at which every decoder succeeds at most 1 %
      of the time, and a larger one at which the ideal decoder does at least 99 %, on average over Rademacher
      dictionaries and subsets. That the ratio of the two goes on to 1 is not proved here.`,
    proof: `
      Below: at most e^a codes x have probability Q(x) ≥ e^(−a), a code names one subset, so P(success) ≤ e^a/C(N,k) +
      P(−ln Q(X) > a), and the last by Markov's inequality on Q(X)^(−s). Above: a wrong subset with j other members
      shares the code with probability P(S_2j = 0)^d, so P(failure) ≤ Σ_j C(k,j) C(N − k,j) P(S_2j = 0)^d. For
      Gaussian dictionaries with Gaussian noise of variance σ² a jump, from hardly any to nearly all members read, is a
      theorem where k/√N → 0 and k/σ² → ∞ (Reeves, Xu & Zadik, “The all-or-nothing phenomenon in sparse linear
      regression”, Mathematical Statistics and Learning 3, 2020, abstract): of another problem, and not used here.`,
    computed: 'Both bounds at the five sizes; the width of the jump at each.',
    sampled: `
      60 dictionaries of N = 12, k = 4 exhausted, their mean against both bounds by sequential tests; maximum
      likelihood against the count of distinct codes at N = 8, k = 3.`,
  },
  async check({ seed, alpha }) {
    const jumps = sizes.map(([N, k]) => jump(N, k))
    const narrowing = jumps.every(({ width }, i) => i === 0 || width < jumps[i - 1].width)
    const around = jumps.every(({ fails, limit, succeeds }) => fails <= limit && limit <= succeeds)
    const decoded = await decodesWhatItCan(seed)
    const dictionaries = withinBounds(seed, alpha)
    const [paper] = jumps.filter((at) => at.N === 2 ** 20 && at.k === 28)
    const last = jumps[jumps.length - 1]
    return {
      verdict: narrowing && around ? 'supported' : 'refuted',
      evidence:
        `proved at ${sizes.length} sizes, not beyond, by exact bounds from both sides: at N = 2^20, k = ` +
        `28 any decoder succeeds at most 1 % of the time at d = ${paper.fails} and the ideal one at ` +
        `least 99 % at d = ${paper.succeeds}, around the ${paper.limit.toFixed(0)} of H/h(Bin(k, ½)); ` +
        `the jump narrows from ${percent(jumps[0].width)} of d at N = 2^12 to ${percent(last.width)} at ` +
        `N = 2^60; held to ${dictionaries} exhausted dictionaries of N = ${N}, k = ${k}, and to ` +
        `${decoded} decoded codes`,
      data: { jumps },
    }
  },
}

/** Where success is at most 1 %, and from where on at least 99 %. */
function jump(N: number, k: number) {
  const limit = countingBound(N, k)
  const [bad, good] = [Math.log(0.01), Math.log(0.01)]
  const succeeds = firstInteger(0, Math.ceil(4 * limit) + 8, (d) => idealFailure(N, k, d) <= good)
  const fails = firstInteger(0, succeeds, (d) => idealSuccess(N, k, d) > bad) - 1
  return { N, k, fails, limit, succeeds, width: succeeds / fails - 1 }
}

/** How many different codes the k-subsets have over the first 1, 2, …, d coordinates of a dictionary. */
function codeCounts(dictionary: RademacherDictionary, k: number): number[] {
  const sums = [...everySubset(dictionary.size, k)].map((subset) => dictionary.sum(subset))
  let names = sums.map(() => 0)
  return Array.from({ length: dictionary.dimension }, (_, j) => {
    const codes = new Map<number, number>()
    names = names.map((name, s) => {
      const code = name * (2 * k + 1) + sums[s][j] + k
      if (!codes.has(code)) codes.set(code, codes.size)
      return codes.get(code)!
    })
    return codes.size
  })
}

/** Ideal decoding reads one subset of each code. Returns how many codes maximum likelihood was given. */
async function decodesWhatItCan(seed: string): Promise<number> {
  const [N, k] = [8, 3]
  const subsets = [...everySubset(N, k)]
  for (let d = 1; d <= 5; d++) {
    const dictionary = rademacherDictionary(N, d, stream(seed, 'decoded', d).key())
    let read = 0
    for (const subset of subsets) {
      const problem = { dictionary, code: dictionary.superpose(subset), k, random: () => 0 }
      if (sameSubset(await maximumLikelihood().decode(problem), subset)) read++
    }
    const codes = codeCounts(dictionary, k)[d - 1]
    if (read !== codes)
      throw new Counterexample(`maximum likelihood reads ${read} subsets of ${codes} codes, d = ${d}`)
  }
  return 5 * subsets.length
}

/**
 * The share of subsets that ideal decoding reads, over exhausted dictionaries, against both bounds. Returns how many
 * dictionaries.
 */
function withinBounds(seed: string, alpha: number): number {
  const tests = dimensions.flatMap((d) => [
    { d, side: 'above', bar: Math.exp(idealSuccess(N, k, d)) } as const,
    { d, side: 'below', bar: 1 - Math.exp(idealFailure(N, k, d)) } as const,
  ])
  const running = tests
    .filter(({ bar }) => bar > 0 && bar < 1)
    .map(({ d, side, bar }) => ({
      d,
      bar,
      test: testMean({ bar, side, alpha: alpha / tests.length, cap: 60 }),
    }))
  for (let drawn = 0; drawn < 60; drawn++) {
    const dictionary = rademacherDictionary(N, Math.max(...dimensions), stream(seed, drawn).key())
    const counts = codeCounts(dictionary, k)
    for (const { d, bar, test } of running) {
      test.update(counts[d - 1] / countSubsets(N, k))
      if (test.verdict !== 'undecided')
        throw new Counterexample(`ideal decoding at N = ${N}, k = ${k}, d = ${d} is ${test.verdict} ${bar}`)
    }
  }
  return 60
}
