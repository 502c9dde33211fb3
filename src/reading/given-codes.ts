import { setImmediate } from 'node:timers/promises'
import { entropyBits } from '../bounds/entropy.js'
import { batched } from '../codes/batched-dictionary.js'
import type { Float32Dictionary } from '../codes/float32-dictionary.js'
import type { Encoder } from '../codes/read-encoder.js'
import { randomSubset } from '../codes/subset.js'
import type { BuiltInDecoder } from '../decoders/decoder.js'
import { Fit } from '../decoders/greedy/fit.js'
import { largest } from '../decoders/largest.js'
import { requireIndices, requireInteger } from '../io/arguments.js'
import { InputError } from '../io/input-error.js'
import { inner } from '../numerics/inner.js'
import { stream } from '../random/stream.js'
import { requireProbability } from '../statistics/ranges.js'
import type { Metric } from '../success/estimation/recovery-metrics.js'
import { encoderLayer } from './encoder-reader.js'
import { coefficientBits, type Fitted, unexplainedShare } from './unexplained.js'

/** Codes of which nobody knows what they are made of. @since 0.2.0 */
export interface GivenCodesOptions {
  /** The most codewords that a code is described by; 1, 2, 4, … and this are tried. */
  readonly k: number
  readonly decoders: readonly BuiltInDecoder[]
  readonly encoder?: Encoder | undefined
  /** Codes that are taken, drawn by the seed where there are more. @defaultValue `256` */
  readonly codes?: number
  /** Of each interval by itself, approximately. @defaultValue `0.95` */
  readonly confidence?: number
  readonly seed?: string
  readonly signal?: AbortSignal | undefined
  onProgress?(share: number): void
}

/** What one reader makes of the codes with so many codewords. @since 0.2.0 */
export interface Description {
  /** A decoder, `encoder told k`, or `encoder`, which names as many as it likes. */
  readonly reader: string
  /** By least squares on the codewords that are named, or those of the encoder itself. */
  readonly coefficients: 'least squares' | 'its own'
  /** Codewords a code, on average. */
  readonly k: number
  /** The share of the codes' variance about their mean that is left. */
  readonly unexplained: Metric
  /** log2 of the number of sets of that many codewords. */
  readonly supportBits: number
  /** Of each coefficient, in equal steps: the fewest that add at most a hundredth to what is left. */
  readonly coefficientBits: number
  /** Of a code's whole description. */
  readonly bits: number
}

/** How well codes that are given are described by a dictionary. @since 0.2.0 */
export interface DescriptionReport {
  readonly codes: number
  /** What is taken off the codes first: the decoder's bias, or their mean. */
  readonly offset: 'b_dec' | 'mean'
  readonly rows: readonly Description[]
}

const TOGETHER = 16

/**
 * What is left of given codes by each decoder and the encoder, against the number of codewords: the codewords that a
 * reader names, with least-squares coefficients (inference-time optimisation). Decoders take coefficients of 1, so each
 * code is scaled to ‖x‖² = k for them. What is left least is the better description; of what the codes are made of it
 * says nothing.
 *
 * @param given the codes, as rows of length d
 * @throws InputError for codes of another length or without variance; RangeError for options out of range
 * @since 0.2.0
 */
export async function describeCodes(
  dictionary: Float32Dictionary,
  alive: readonly number[],
  given: Float32Dictionary,
  options: GivenCodesOptions,
): Promise<DescriptionReport> {
  const { k: most, decoders, encoder, confidence = 0.95, signal } = options
  requireIndices('alive', alive, dictionary.size)
  requireInteger('k', most, 1, Math.min(alive.length, dictionary.dimension))
  requireProbability('confidence', confidence)
  const whole = alive.length === dictionary.size
  const taken = whole ? dictionary : dictionary.take(alive)
  const unit = taken.unit()
  const { codes, variances } = centred(dictionary.dimension, given, encoder, options)
  const all: [Pick<Description, 'reader' | 'coefficients'>, Fitted[]][] = []
  const layer = encoder && encoderLayer(encoder, { codewords: unit, alive, norms: taken.norms(), k: most })
  if (layer) {
    const own = codes.map((code) => {
      const [scores] = layer.scores([code])
      const z = layer.contributions(scores)
      const indices = layer.named(scores, 1)
      return fittedBy(
        unit,
        code,
        indices,
        Float64Array.from(indices, (i) => z[i]),
      )
    })
    all.push([{ reader: 'encoder', coefficients: 'its own' }, own])
  }
  const ks = sparsities(most)
  for (const [n, k] of ks.entries()) {
    for (const decoder of decoders) {
      const answers = await answersOf(decoder, unit, codes, k, signal)
      all.push([named(decoder.name), answers.map((answer, t) => leastSquares(unit, codes[t], answer))])
    }
    if (layer) {
      const answers = codes.map((code) => largest(layer.contributions(layer.scores([code])[0]), k))
      all.push([named('encoder told k'), answers.map((answer, t) => leastSquares(unit, codes[t], answer))])
    }
    options.onProgress?.((n + 1) / ks.length)
  }
  const rows = all.map(([who, fits]): Description => {
    const k = fits.reduce((sum, { indices }) => sum + indices.length, 0) / fits.length
    const supportBits =
      fits.reduce((sum, { indices }) => sum + entropyBits(unit.size, indices.length), 0) / fits.length
    const each = coefficientBits(unit, fits, variances)
    const unexplained = unexplainedShare(fits, variances, confidence)
    return { ...who, k, unexplained, supportBits, coefficientBits: each, bits: supportBits + k * each }
  })
  return { codes: codes.length, offset: encoder ? 'b_dec' : 'mean', rows }
}

const named = (reader: string) => ({ reader, coefficients: 'least squares' as const })

/** 1, 2, 4, … and the most. */
function sparsities(most: number): number[] {
  const ks: number[] = []
  for (let k = 1; k < most; k *= 2) ks.push(k)
  return [...ks, most]
}

/** The codes less their offset, and ‖x − x̄‖² of each. */
function centred(
  d: number,
  given: Float32Dictionary,
  encoder: Encoder | undefined,
  { codes: asked = 256, seed = '1' }: GivenCodesOptions,
): { codes: Float64Array[]; variances: Float64Array } {
  requireInteger('codes', asked, 1)
  if (given.dimension !== d) {
    throw new InputError(`the codes are of length ${given.dimension}, where codewords are of length ${d}`)
  }
  const count = Math.min(asked, given.size)
  const rows = randomSubset(given.size, count, stream(seed, 'reading', 'given codes'))
  const codes = rows.map((i) => given.codeword(i))
  const mean = new Float64Array(d)
  for (const code of codes) for (let j = 0; j < d; j++) mean[j] += code[j] / count
  const less = (offset: Float64Array) => (code: Float64Array) => code.map((entry, j) => entry - offset[j])
  const variances = Float64Array.from(codes.map(less(mean)), (rest) => inner(rest, rest))
  if (!variances.some((variance) => variance > 0)) throw new InputError('the codes are all the same')
  return { codes: codes.map(less(encoder?.decoderBias ?? mean)), variances }
}

/** A decoder's answers, each to its code at the size that a sum of k codewords has. */
async function answersOf(
  decoder: BuiltInDecoder,
  dictionary: Float32Dictionary,
  codes: readonly Float64Array[],
  k: number,
  signal: AbortSignal | undefined,
): Promise<ArrayLike<number>[]> {
  const sized = codes.map((code) => {
    const norm = Math.sqrt(inner(code, code))
    return norm > 0 ? code.map((entry) => (entry * Math.sqrt(k)) / norm) : code
  })
  const answers: ArrayLike<number>[] = []
  for (let from = 0; from < sized.length; from += TOGETHER) {
    await setImmediate()
    signal?.throwIfAborted()
    const several = sized.slice(from, from + TOGETHER)
    if (decoder.decodeMany) answers.push(...decoder.decodeMany(dictionary, several, k))
    else {
      for (const [n, code] of several.entries()) {
        const { uniform } = stream('reading', 'given codes', from + n, k)
        answers.push(await decoder.decode({ dictionary, code, k, random: uniform }))
      }
    }
  }
  return answers
}

function leastSquares(dictionary: Float32Dictionary, code: Float64Array, answer: ArrayLike<number>): Fitted {
  const fit = new Fit(batched(dictionary), code, Array.from(answer))
  return { indices: fit.indices, weights: fit.weights(), residual: fit.residual() }
}

function fittedBy(
  dictionary: Float32Dictionary,
  code: Float64Array,
  indices: readonly number[],
  weights: Float64Array,
): Fitted {
  const made = dictionary.combine(indices, weights)
  return { indices, weights, residual: code.map((entry, j) => entry - made[j]) }
}
