import type { Estimate } from '../statistics/estimate.js'
import type { RateVerdict } from '../statistics/rate-rule.js'
import { type Impossible, impossible } from '../success/estimation/tripwire.js'
import type { ContractViolation, Sampler } from '../success/trials/sampler.js'
import { untilFault } from '../success/trials/until-fault.js'
import { type Place, shapeAt } from './place.js'
import { valueTest } from './value-test.js'

/** Where success is compared with the target, and with what care. */
export interface BracketOptions {
  readonly N: number
  readonly k: number
  /** The two places: success is the larger at the upper one. */
  readonly lower: Place
  readonly upper: Place
  /** The success probability that defines the dimension in question: ½ for d50. */
  readonly target: number
  readonly seed: string
  /** Probability that any statement of the bracket is wrong. */
  readonly alpha: number
  /** Trials at either dimension after which it gives up there. */
  readonly cap: number
  /** Values of the first trials at either dimension, where they are known. */
  readonly known?: { readonly lower: ArrayLike<number>; readonly upper: ArrayLike<number> }
  /** Called with the number of trials done so far at both dimensions. */
  onTrials?(done: number): void
  readonly signal?: AbortSignal | undefined
}

/** What the bracket says of the dimension: between the two, below both, above both, or nothing. */
export type BracketVerdict = 'inside' | 'below' | 'above' | 'undecided'

/** Success at one of the two places. */
export interface BracketSide extends Place {
  /** Of the success probability against the target. */
  readonly verdict: RateVerdict
  /** Trials that the verdict rests on. */
  readonly trials: number
  /** The success probability, with an interval that holds whenever the test stopped. */
  readonly rate: Estimate
  /** Of trials 0, 1, …; at least `trials` of them. */
  readonly values: readonly number[]
}

export interface Bracket {
  readonly verdict: BracketVerdict
  readonly lower: BracketSide
  readonly upper: BracketSide
  /** Success that no decoder can have, at one of the two dimensions. */
  readonly impossible?: Impossible
  /** The first trial that broke the decoder's contract. The bracket stops there, and its verdict may be missing. */
  readonly fault?: ContractViolation
}

/** Trials of the first block; later ones are a share of those before. */
const FIRST_BLOCK = 32
const BLOCK_SHARE = 1 / 4

/**
 * Where the least dimension of success probability `target` lies, by two sequential tests that assume nothing but
 * that success grows with d, or falls with k: it is above `upper` iff the rate there is below the target, below
 * `lower` iff the rate there is above it, and inside iff neither (each test has half of alpha). Trials at both
 * dimensions share their seeds.
 */
export async function bracket(sampler: Sampler, options: BracketOptions): Promise<Bracket> {
  const { N, k, target, seed, alpha, cap, known, onTrials, signal } = options
  let fault: ContractViolation | undefined
  const side = (place: Place, first: ArrayLike<number> = []) => {
    const { test, update } = valueTest(sampler.method, { bar: target, alpha: alpha / 2, cap })
    const values: number[] = []
    const take = (more: ArrayLike<number>) => {
      for (let t = 0; t < more.length; t++) {
        values.push(more[t])
        if (!test.done) update(more[t])
      }
    }
    take(first)
    return {
      test,
      async advance() {
        const size = Math.min(
          cap - test.trials,
          Math.max(FIRST_BLOCK, Math.ceil(values.length * BLOCK_SHARE)),
        )
        const more = await untilFault(signal, async (stop) => {
          const run = await sampler.run(shapeAt({ N, k }, place), seed, values.length, size, stop)
          run.faults.forEach(stop.onFault)
          return run
        })
        take(more.result?.values ?? [])
        fault ??= more.fault
      },
      end: (): BracketSide => ({
        ...place,
        verdict: test.verdict,
        trials: test.trials,
        rate: test.estimate(),
        values,
      }),
    }
  }
  const lower = side(options.lower, known?.lower)
  const upper = side(options.upper, known?.upper)
  const verdict = (): BracketVerdict => {
    if (upper.test.verdict === 'below') return 'above'
    if (lower.test.verdict === 'above') return 'below'
    return upper.test.verdict === 'above' && lower.test.verdict === 'below' ? 'inside' : 'undecided'
  }
  while (verdict() === 'undecided' && !(lower.test.done && upper.test.done) && !fault) {
    await Promise.all([lower, upper].filter(({ test }) => !test.done).map((one) => one.advance()))
    onTrials?.(lower.test.trials + upper.test.trials)
  }
  const ends = [lower.end(), upper.end()] as const
  const tripped = ends
    .map((end) => impossible(sampler, shapeAt({ N, k }, end), end.values))
    .find((found) => found !== undefined)
  return {
    verdict: verdict(),
    lower: ends[0],
    upper: ends[1],
    ...(tripped && { impossible: tripped }),
    ...(fault && { fault }),
  }
}
