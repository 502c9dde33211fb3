import type { CodeLaws } from '../codes/model/general.js'
import type { Dictionary } from '../codes/problem.js'
import type { Encoder } from '../codes/read-encoder.js'
import { largest } from '../decoders/largest.js'
import { inner } from '../numerics/inner.js'
import { median } from '../numerics/median.js'
import { recoveryOf } from '../success/trials/recovery.js'
import { type DrawnCode, drawnCode } from './drawn-codes.js'
import type { Reader } from './readers.js'

/** An encoder on codes that are `scale` times a sum of unit codewords, and b_dec. */
export interface ScaledEncoder extends Reader {
  readonly scale: number
  readonly toldK: boolean
}

/** Codes on which the scale is chosen: others than those that are read. */
const CHOOSING = 32
/** Scales that are tried: four an octave, from 1/16 to 256 times the one at which offsets and signals are alike. */
const SCALES = Array.from({ length: 49 }, (_, n) => 2 ** (n / 4 - 4))

/** What an encoder is read on. */
export interface EncoderProblem {
  /** Unit codewords: those of the decoder that are alive. */
  readonly codewords: Dictionary
  /** Which of the file's codewords they are. */
  readonly alive: readonly number[]
  /** The norms that they had, one each. */
  readonly norms: ArrayLike<number>
  readonly k: number
  readonly laws: CodeLaws
  readonly seed: string
}

/**
 * The encoder of an autoencoder as a reader of codes over its own decoder: as it stands, with its own activation, and
 * told k, by the k largest z_i‖f_i‖, what each latent adds to the code. Biases and thresholds fit codes of some size,
 * which no file states: each of the two is given the scale at which it reads best (F1 on codes of its own), unless one
 * is given. The code that it sees is b_dec + scale·X.
 */
export function encoderReaders(
  encoder: Encoder,
  problem: EncoderProblem,
  scale?: number,
): readonly [asItIs: ScaledEncoder, toldK: ScaledEncoder] {
  const layer = encoderLayer(encoder, problem)
  const { codewords, k, laws, seed } = problem
  const choosing = Array.from({ length: CHOOSING }, (_, t) => drawnCode(codewords, k, laws, seed, 'scale', t))
  const scores = layer.scores(codesOf(choosing))
  const scales = scale === undefined ? SCALES.map((factor) => factor * layer.unit) : [scale]
  const reader = (name: string, named: Named): ScaledEncoder => {
    const quality = (at: number) => f1(choosing, (n) => named(scores[n], at))
    const best = scales.reduce((a, b) => (quality(b) > quality(a) ? b : a))
    return {
      name,
      scale: best,
      toldK: name !== 'encoder',
      read: async (codes) => layer.scores(codesOf(codes)).map((row) => named(row, best)),
    }
  }
  return [reader('encoder', layer.named), reader('encoder told k', layer.largestK)]
}

/** The latents that are named, from the scores ⟨w_i, X⟩ of a code at a scale. */
type Named = (scores: Float64Array, scale: number) => number[]

/** The encoder's latents: what is named of a code's scores ⟨w_i, X⟩, and what each adds to the code at norm 1. */
export function encoderLayer(
  encoder: Encoder,
  { codewords, alive, norms, k }: Pick<EncoderProblem, 'codewords' | 'alive' | 'norms' | 'k'>,
) {
  const { activation, threshold, decoderBias, subtractsBias, rescaled } = encoder
  const whole = alive.length === encoder.weights.size
  const weights = whole ? encoder.weights : encoder.weights.take(alive)
  const left = subtractsBias ? undefined : weights.correlate(decoderBias)
  const offsets = Float64Array.from(alive, (i, n) => encoder.bias[i] + (left?.[n] ?? 0))
  const bars = Float64Array.from(alive, (i) => Math.max(0, threshold?.[i] ?? 0))
  const at = (scores: Float64Array, scale: number) => scores.map((score, i) => scale * score + offsets[i])
  const byContribution = (z: Float64Array) => z.map((value, i) => value * norms[i])
  const named: Named = (scores, scale) => {
    const z = at(scores, scale)
    if (activation !== 'top-k') return [...z.keys()].filter((i) => z[i] > bars[i])
    return largest(rescaled ? byContribution(z) : z, encoder.k ?? k).filter((i) => z[i] > 0)
  }
  const gains = Float64Array.from(alive, (_, i) =>
    Math.abs(inner(weights.codeword(i), codewords.codeword(i))),
  )
  const levels = offsets.map((offset, i) => Math.abs(offset - bars[i]))
  const unit = median(levels) / median(gains)
  return {
    named,
    contributions: (scores: Float64Array) => byContribution(at(scores, 1)),
    largestK: ((scores, scale) => largest(byContribution(at(scores, scale)), k)) as Named,
    scores: (codes: readonly Float64Array[]) => weights.correlateMany(codes),
    unit: unit > 0 && Number.isFinite(unit) ? unit : 1,
  }
}

const codesOf = (drawn: readonly DrawnCode[]) => drawn.map(({ code }) => code)

/** Pooled over codes. */
function f1(codes: readonly DrawnCode[], named: (n: number) => readonly number[]): number {
  let [hits, all] = [0, 0]
  codes.forEach(({ subset }, n) => {
    const answer = named(n)
    hits += recoveryOf(subset, answer).hits
    all += answer.length + subset.length
  })
  return (2 * hits) / all
}
