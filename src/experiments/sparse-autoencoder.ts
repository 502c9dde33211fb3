import { givenDictionary } from '../codes/dense.js'
import type { Dictionary } from '../codes/problem.js'
import { largest } from '../decoders/largest.js'
import { requireFinite, requireInteger, requirePositive } from '../io/arguments.js'
import { inner } from '../numerics/inner.js'
import type { Stream } from '../random/stream.js'
import { inverseNormalTail } from '../statistics/normal.js'

/**
 * A sparse autoencoder with a top-k encoder (Gao et al. 2024, "Scaling and evaluating sparse autoencoders"): z = W(x
 * − c) + b, of which the k largest are kept where positive, and x̂ = c + Σ z_i f_i. Rows of W and the codewords f_i
 * one after the other, length m·d; the f_i have norm 1.
 *
 * @since 0.2.0
 */
export interface SparseAutoencoder {
  readonly k: number
  readonly encoder: Float64Array
  readonly bias: Float64Array
  readonly decoder: Float64Array
  readonly centre: Float64Array
}

/** The size of an autoencoder, and how it is trained. @since 0.2.0 */
export interface TrainingOptions {
  /** Latents m. */
  readonly latents: number
  /** Latents kept. */
  readonly k: number
  /** Length of a code. */
  readonly dimension: number
  /** Steps of Adam; the rate falls linearly to 0 over the last fifth. */
  readonly steps: number
  /** Codes a step. */
  readonly batch: number
  /** The step size. @defaultValue `1e-3` */
  readonly rate?: number
  readonly random: Stream
}

/** A latent that has not fired in so many steps starts anew at a code that is badly explained, until the rate falls. */
const IDLE = 500

/**
 * Train on codes drawn one by one, to the least mean squared error, by Adam (Kingma & Ba 2015) with unit-norm
 * codewords.
 * @param draw writes the next code over its argument
 * @throws RangeError unless the counts are integers ≥ 1, k ≤ latents, and the rate is positive and finite
 * @since 0.2.0
 */
export function trainSparseAutoencoder(
  draw: (code: Float64Array) => void,
  options: TrainingOptions,
): SparseAutoencoder {
  const { latents, k, dimension: d, steps, batch, rate = 1e-3, random } = options
  for (const name of ['latents', 'dimension', 'steps', 'batch'] as const)
    requireInteger(name, options[name], 1)
  requireInteger('k', k, 1, latents)
  requirePositive('rate', rate)
  const decoder = Float64Array.from({ length: latents * d }, () => inverseNormalTail(random.uniform()))
  normalise(decoder, d)
  const sae = {
    k,
    decoder,
    encoder: decoder.slice(),
    bias: new Float64Array(latents),
    centre: new Float64Array(d),
  }
  const parts = [sae.encoder, sae.bias, sae.decoder, sae.centre].map(adam)
  const lastFired = new Int32Array(latents)
  const codes = Array.from({ length: batch }, () => new Float64Array(d))
  for (let t = 1; t <= steps; t++) {
    const errors = codes.map((code) => {
      draw(code)
      return descend(sae, code, parts, (i) => {
        lastFired[i] = t
      })
    })
    const decay = Math.min(1, (steps - t) / (0.2 * steps))
    for (const part of parts) part.step(rate * decay, batch, t)
    normalise(decoder, d)
    if (t % IDLE === 0 && decay === 1) {
      const idle = Array.from(lastFired.keys()).filter((i) => lastFired[i] <= t - IDLE)
      for (const [e, i] of idle.slice(0, batch).entries()) restart(sae, parts, i, errors[e])
    }
  }
  return sae
}

/**
 * The latents that are kept, largest first, their values, and the code less the centre.
 * @throws RangeError unless the code is as long as the centre, of finite numbers
 * @since 0.2.0
 */
export function encode(sae: SparseAutoencoder, code: Float64Array) {
  requireInteger('the length of the code', code.length, sae.centre.length, sae.centre.length)
  code.forEach((entry, j) => {
    requireFinite(`entry ${j} of the code`, entry)
  })
  return encoded(sae, code)
}

function encoded({ k, encoder, bias, centre }: SparseAutoencoder, code: Float64Array) {
  const shifted = code.map((entry, j) => entry - centre[j])
  const scores = bias.map((b, i) => b + innerOfRow(encoder, i, shifted))
  const indices = largest(scores, k).filter((i) => scores[i] > 0)
  return { indices, values: indices.map((i) => scores[i]), shifted }
}

/** Row i of d = v.length entries times v: a view of the row would take longer than the product. */
function innerOfRow(rows: Float64Array, i: number, v: Float64Array): number {
  let sum = 0
  for (let j = 0, at = i * v.length; j < v.length; j++, at++) sum += rows[at] * v[j]
  return sum
}

/** The codewords that were learned. @since 0.2.0 */
export function learnedDictionary({ decoder, centre }: SparseAutoencoder): Dictionary {
  const d = centre.length
  return givenDictionary(
    Array.from({ length: decoder.length / d }, (_, i) => decoder.subarray(i * d, i * d + d)),
  )
}

/** Add the gradient of ‖x̂ − x‖² to that of each part. Returns x − x̂. */
function descend(
  sae: SparseAutoencoder,
  code: Float64Array,
  [W, b, F, c]: readonly Adam[],
  onFired: (i: number) => void,
): Float64Array {
  const { decoder, encoder, centre } = sae
  const d = centre.length
  const { indices, values, shifted } = encoded(sae, code)
  const error = shifted.slice()
  indices.forEach((i, a) => {
    onFired(i)
    for (let j = 0; j < d; j++) error[j] -= values[a] * decoder[i * d + j]
  })
  for (let j = 0; j < d; j++) c.gradient[j] -= 2 * error[j]
  indices.forEach((i, a) => {
    const slope = -2 * innerOfRow(decoder, i, error)
    b.gradient[i] += slope
    for (let j = 0; j < d; j++) {
      F.gradient[i * d + j] -= 2 * values[a] * error[j]
      W.gradient[i * d + j] += slope * shifted[j]
      c.gradient[j] -= slope * encoder[i * d + j]
    }
  })
  return error
}

/** Latent i looks for what an error has in it. */
function restart(sae: SparseAutoencoder, [W, b, F]: readonly Adam[], i: number, error: Float64Array): void {
  const d = error.length
  const norm = Math.sqrt(inner(error, error))
  if (norm === 0) return
  const direction = error.map((entry) => entry / norm)
  sae.encoder.set(direction, i * d)
  sae.decoder.set(direction, i * d)
  sae.bias[i] = 0
  W.forget(i * d, d)
  F.forget(i * d, d)
  b.forget(i, 1)
}

interface Adam {
  readonly gradient: Float64Array
  /** Move by the mean gradient of a batch, and clear it. */
  step(rate: number, batch: number, t: number): void
  forget(from: number, count: number): void
}

function adam(values: Float64Array): Adam {
  const [gradient, mean, square] = Array.from({ length: 3 }, () => new Float64Array(values.length))
  return {
    gradient,
    step(rate, batch, t) {
      const [first, second] = [1 - 0.9 ** t, 1 - 0.999 ** t]
      for (let i = 0; i < values.length; i++) {
        const g = gradient[i] / batch
        mean[i] = 0.9 * mean[i] + 0.1 * g
        square[i] = 0.999 * square[i] + 0.001 * g * g
        values[i] -= (rate * (mean[i] / first)) / (Math.sqrt(square[i] / second) + 1e-8)
      }
      gradient.fill(0)
    },
    forget(from, count) {
      mean.fill(0, from, from + count)
      square.fill(0, from, from + count)
    },
  }
}

/** Bring every row of length d to norm 1. */
function normalise(rows: Float64Array, d: number): void {
  for (let at = 0; at < rows.length; at += d) {
    const row = rows.subarray(at, at + d)
    const norm = Math.sqrt(inner(row, row))
    for (let j = 0; j < d; j++) row[j] /= norm
  }
}
