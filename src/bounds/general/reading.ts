import { logOddsAgainstRate } from '../../numerics/exp.js'
import { bracketedRoot } from '../../numerics/roots-and-quadrature.js'
import { equivocation } from './bits-read.js'
import { type CutOf, MOST_ODDS, oneBar, posteriorBars } from './cuts.js'
import type { ModelProblem } from './model-problem.js'
import { type ScalarChannel, scalarChannel } from './scalar-channel.js'
import { supportEntropy, supportExcess } from './support-entropy.js'

/** What decisions about separate codewords come to, in expectation. */
export interface ExpectedReading {
  /** The bar on a score, in units of amplitudes; where bars differ, their mean over active codewords. */
  readonly bar: number
  /** Active codewords named, over active ones. */
  readonly recall: number
  /** Others named, a code. */
  readonly falsePositives: number
  readonly precision: number
  readonly f1: number
  /** R, the bits that the decisions read. */
  readonly bits: number
}

/** Reading every codeword from its own S = A + τG. */
export interface SeparateReader {
  readonly tau: number
  /** H, of which codewords are active. */
  readonly entropyBits: number
  /** As many codewords named as are active: those of the largest scores; or of the largest posterior probabilities. */
  topK(): ExpectedReading
  mostLikely(): ExpectedReading
  /** Codewords that are more likely active than not. */
  map(): ExpectedReading
  /** The bars of the largest F1: those of the posterior probability F1/2 (Lipton, Elkan & Narayanaswamy 2014). */
  bestF1(): ExpectedReading
  /** Σ I(B_i; S_i) − T: what the scores themselves say. */
  softBits(): number
  /** E‖Â − A‖²/k of the posterior means. */
  error(): number
  /** N·I(A; S), amplitudes and all, in bits. */
  bitsOfAll(): number
}

/** The scalar channel at noise τ > 0, for every codeword of the problem. */
export function separateReader(problem: ModelProblem, tau: number): SeparateReader {
  const { classes, N, k, activity, amplitudes } = problem
  const rates = classes.map(({ rate }) => rate)
  const span = [Math.min(...rates), Math.max(...rates)] as const
  const channel = scalarChannel(amplitudes, tau, span)
  const sum = (f: (rate: number) => number) =>
    classes.reduce((total, { rate, count }) => total + count * f(rate), 0)
  const read = (cutOf: CutOf) => reading(problem, channel, cutOf)
  /** The bars, lowered together from the highest, at which as many are named as are active. */
  const named = (cuts: (shift: number) => CutOf, low: number, high: number) => {
    const over = (shift: number) => {
      const { falsePositives, missed } = counts(problem, channel, cuts(shift))
      return falsePositives === missed ? 0 : Math.log(falsePositives) - Math.log(missed)
    }
    // At the ends of the range one of the two is next to nothing.
    if (over(low) <= 0) return read(cuts(low))
    return read(cuts(over(high) >= 0 ? high : bracketedRoot(over, low, high)))
  }
  const posterior = posteriorBars(channel, rates)
  return {
    tau,
    entropyBits: supportEntropy(activity, N, k),
    topK: () => named((bar) => oneBar(channel, bar), -4 * tau, tau * 38),
    mostLikely: () => named(posterior, -MOST_ODDS, MOST_ODDS),
    map: () => read(posterior(0)),
    bestF1() {
      let f1 = 0
      for (let i = 0; i < 60; i++) {
        const found = read(posterior(-logOddsAgainstRate(Math.max(1e-9, f1) / 2)))
        if (found.f1 <= f1 + 1e-12) return found
        f1 = found.f1
      }
      return read(posterior(-logOddsAgainstRate(f1 / 2)))
    },
    softBits: () => sum(channel.activityBits) - supportExcess(activity, N, k),
    error: () => sum(channel.mmse) / k,
    bitsOfAll: () => sum(channel.activityBits) + k * channel.amplitudeBits,
  }
}

function counts({ classes }: ModelProblem, channel: ScalarChannel, cutOf: CutOf) {
  let [falsePositives, missed] = [0, 0]
  for (const { rate, count } of classes) {
    const { bar, missRate } = cutOf(rate)
    falsePositives += count * (1 - rate) * channel.falsePositiveRate(bar)
    missed += count * rate * missRate
  }
  return { falsePositives, missed }
}

function reading(problem: ModelProblem, channel: ScalarChannel, cutOf: CutOf): ExpectedReading {
  const { classes, N, k, activity } = problem
  const { falsePositives, missed } = counts(problem, channel, cutOf)
  const unread = classes.reduce((sum, { rate, count }) => {
    const { bar, missRate } = cutOf(rate)
    const pooled = { recall: 1 - missRate, falsePositiveRate: channel.falsePositiveRate(bar) }
    return sum + count * equivocation(rate, pooled)
  }, 0)
  const hits = k - missed
  const named = hits + falsePositives
  return {
    bar: classes.reduce((sum, { rate, count }) => sum + count * rate * cutOf(rate).bar, 0) / k,
    recall: hits / k,
    falsePositives,
    precision: named > 0 ? hits / named : 0,
    f1: (2 * hits) / (k + named),
    bits: supportEntropy(activity, N, k) - unread,
  }
}
