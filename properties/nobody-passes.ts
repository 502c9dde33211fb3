import fc from 'fast-check'
import { evenly } from '../src/arbitraries/evenly.js'
import { hardBits } from '../src/bounds/general/bits-read.js'
import { bitsPerDimension } from '../src/bounds/general/capacity.js'
import { modelProblem } from '../src/bounds/general/model-problem.js'
import { scalarChannel } from '../src/bounds/general/scalar-channel.js'
import { supportEntropy } from '../src/bounds/general/support-entropy.js'
import { IDEAL, type ModelDescription } from '../src/codes/model/description.js'
import { modelOf } from '../src/codes/model/general.js'
import { drawTrial, type Shape } from '../src/codes/trial.js'
import { builtInDecoders } from '../src/decoders/built-in.js'
import type { Claim } from '../src/ledger/claim.js'
import { forAll } from '../src/ledger/for-all.js'
import { bisectOutward } from '../src/numerics/bisect.js'
import { summit } from '../src/numerics/roots-and-quadrature.js'
import { type Capital, capitalAbove } from '../src/statistics/betting.js'
import { normalTail } from '../src/statistics/normal.js'
import { recoveryOf } from '../src/success/trials/recovery.js'

/** Models, codes of each, and codes that message passing reads, whose priors take time. */
const [RUNS, CODES, FEW] = [60, 7, 1]
/** Solvers that take a second a code say nothing more of a limit; coupled AMP reads amplitudes of 1 alone. */
const SLOW = ['basis pursuit', 'search', 'learned']

const readers = builtInDecoders.filter(
  ({ name, family, decodeMany }) => decodeMany && !SLOW.includes(family) && name !== 'coupled-amp',
)

/** A reader that is told the active set: it must be caught. */
const PLANTED = 'told the active set'

interface Drawn {
  readonly shape: Shape
  readonly model: ModelDescription
}

const drawn: fc.Arbitrary<Drawn> = fc
  .record({
    N: fc.integer({ min: 24, max: 96 }),
    k: fc.integer({ min: 2, max: 8 }),
    d: fc.integer({ min: 4, max: 12 }),
    noise: evenly(0.1, 0.5),
    amplitudes: fc.constantFrom('constant', 'half-normal', 'exponential', 'lognormal:0.5', 'uniform:0.5'),
    active: fc.constantFrom('bernoulli', 'subset'),
  })
  .map(({ N, k, d, ...model }) => ({ shape: { N, k, d }, model: { ...IDEAL, ...model } }))

/**
 * What (hits − false positives)/k is at most, on average. Independent codewords: the genie's ROC, by its tangent of
 * slope 1 in counts. A subset of which k are named: where R reaches d·i, as recall then says all of R.
 */
function limitOf({ shape, model }: Drawn): number {
  const { N, k, d } = shape
  const problem = modelProblem(model, N, k)
  if (problem.activity.kind === 'bernoulli') {
    const sigma = Math.sqrt(problem.noiseEnergy / d)
    const channel = scalarChannel(problem.amplitudes, sigma, [k / N, k / N])
    const read = (bar: number) => k * (1 - channel.missRate(bar)) - (N - k) * normalTail(bar / sigma)
    // Naming nothing reads nothing.
    return Math.max(0, summit(read, 1e-2, 6 * Math.max(1, sigma))) / k
  }
  const bits = Math.min(d * bitsPerDimension(problem), supportEntropy(problem.activity, N, k))
  const short = (recall: number) =>
    hardBits(problem.activity, N, k, { recall, falsePositiveRate: (k * (1 - recall)) / (N - k) }) < bits
  return 2 * bisectOutward(k / N, 1, short, 1e-9) - 1
}

/** One bet for each reader and limit, against the mean being at most it: over all models that were drawn. */
class Bets {
  readonly #capital = new Map<string, Capital>()
  /** @param excess of (hits − false positives)/k over its limit; at least −span, at most span */
  add(name: string, excess: number, span: number): void {
    const found = this.#capital.get(name) ?? capitalAbove(0.5)
    this.#capital.set(name, found)
    found.add(0.5 + excess / (2 * span))
  }
  /** ln of the largest capital, and whose it is. */
  largest(which: (name: string) => boolean): { name: string; log: number } {
    const all = [...this.#capital].filter(([name]) => which(name))
    return all
      .map(([name, capital]) => ({ name, log: capital.log() }))
      .reduce((a, b) => (b.log > a.log ? b : a))
  }
  get size(): number {
    return this.#capital.size
  }
}

function play(bets: Bets, at: Drawn, seed: string): void {
  const { shape, model } = at
  const { N, k } = shape
  const limit = limitOf(at)
  const from = modelOf(model)
  for (let t = 0; t < CODES; t++) {
    const { problem, subset } = drawTrial(shape, `${seed}/${JSON.stringify(at)}`, t, undefined, from)
    const { dictionary, code, model: known } = problem
    const score = (answer: readonly number[]) => {
      const { hits, falsePositives } = recoveryOf(subset, answer)
      return (hits - falsePositives) / k
    }
    for (const { name, family, decodeMany, sizeVaries } of readers) {
      if (family === 'message passing' && t >= FEW) continue
      if (sizeVaries && model.active === 'subset') continue
      const [answer] = decodeMany!(dictionary as never, [code], k, known)
      bets.add(`${name}, ${model.active}`, score(answer) - limit, sizeVaries ? (2 * N) / k : 2)
    }
    // The k of it that fit: more than a genie knows.
    bets.add(`${PLANTED}, ${model.active}`, score(subset.slice(0, k)) - limit, 2)
  }
}

/** No built-in decoder passes the genie or the capacity, over drawn models. */
export const nobodyPasses: Claim = {
  id: 'nobody-passes',
  source: 'docs/general-model.md',
  kind: 'empirical',
  statement:
    'No built-in decoder passes the genie, of independent codewords, or the capacity, of a subset: drawn models.',
  expected: 'supported',
  account: {
    quantifiers: `
      Every built-in decoder that reads a small code at once, solvers of basis pursuit and searches left out; models as
      fast-check draws them: N to 96, k to 8, d to 12, 10 to 50 % noise, five laws of amplitudes. Both limits are
      theorems (genie, capacity), so this is a search for faults of decoders and of the limits' code.`,
    computed: `
      The limit of each model: the most that hits less false positives come to on the genie's ROC; the recall at which
      k named codewords read d·i bits.`,
    sampled: `
      60 models, 7 whole dictionaries each, 1 of them for message passing. A bet for each decoder and limit
      that its mean is above, over all models (a supermartingale if it is not); they share the row's false-
      alarm probability. A planted reader that is told the active set must be caught by both.`,
  },
  async check({ seed, alpha }) {
    const bets = new Bets()
    const runs = await forAll(drawn, (at) => play(bets, at, seed) as undefined, { seed, runs: RUNS })
    const own = bets.largest((name) => !name.startsWith(PLANTED))
    const caught = ['bernoulli', 'subset'].map(
      (active) => bets.largest((name) => name === `${PLANTED}, ${active}`).log,
    )
    const needed = Math.log((bets.size - caught.length) / alpha)
    const found = own.log >= needed
    const blind = caught.some((log) => log < needed)
    return {
      verdict: found ? 'refuted' : blind ? 'inconclusive' : 'supported',
      evidence:
        `${bets.size - caught.length} bets on ${runs} drawn models: the best, ${own.name}, has ` +
        `e^${own.log.toFixed(1)} of the e^${needed.toFixed(1)} that would tell; a planted reader that is told the ` +
        `active set has e^${Math.min(...caught).toFixed(0)}`,
      data: { models: runs, codes: CODES, best: own, needed, planted: caught },
    }
  },
}
