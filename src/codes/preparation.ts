import { atOnce, type Steps } from '../io/slices.js'
import { Cholesky } from '../numerics/cholesky.js'
import { inner } from '../numerics/inner.js'
import { type DenseDictionary, sharedSteps } from './dense.js'
import { Float32Dictionary } from './float32-dictionary.js'
import type { Preparation } from './model/description.js'
import type { Dictionary } from './problem.js'

/** A dictionary, and how its codes reach a decoder. @since 0.2.0 */
export interface PreparedDictionary {
  /** What codes are sums of. */
  readonly codewords: Dictionary
  /** What a decoder is given: its codewords are of whatever norm. */
  readonly reader: Dictionary
  /** What a decoder is given of a code X that is a sum of k codewords. */
  read(code: Float64Array, k: number): Float64Array
}

/** Added to every variance before whitening, as a share of their mean: directions that hardly vary stay finite. */
export const RIDGE = 1e-9

/**
 * A dictionary made ready for its decoders. `raw` and `unit` leave codes alone. With `centred` and `whitened` codes
 * stay sums of unit codewords, and the reader sees X − kμ, μ their mean, or Σ^(−½)(X − kμ), against codewords that
 * have gone the same way: the matched filter of Section 3.2 where crosstalk has covariance Σ. `recentred` and
 * `rewhitened` make another dictionary of those, of norm 1 again, whose codes are sums of its own codewords.
 *
 * Whitening is by the Cholesky factor L of Σ, v ↦ L⁻¹v: it differs from the symmetric root by a rotation, which no
 * inner product feels. 8Nd bytes, O(Nd²).
 * @throws RangeError at a codeword without a direction, of norm 0
 * @since 0.2.0
 */
export const prepared = (given: Dictionary, how: Preparation): PreparedDictionary =>
  withReading(atOnce(preparation(given, how)))

/** A prepared dictionary as plain data and dictionaries, which threads may share. */
export interface PreparedParts {
  readonly codewords: Dictionary
  readonly reader: Dictionary
  /** μ; none where codes are left alone. */
  readonly mean?: Float64Array
  /** Rows of L; none where codes are not whitened. */
  readonly factor?: readonly Float64Array[]
}

/** The parts of `prepared`, codeword by codeword. */
export function* preparation(given: Dictionary, how: Preparation): Steps<PreparedParts> {
  if (how === 'raw') return asItIs(given)
  const unit = yield* unitDictionary(given)
  if (how === 'unit') return asItIs(unit)
  if (how === 'centred') return yield* centred(unit)
  if (how === 'recentred') return asItIs(yield* unitDictionary((yield* centred(unit)).reader))
  if (how === 'whitened') return yield* whitenedParts(unit)
  return asItIs(yield* unitDictionary((yield* whitenedParts(unit)).reader))
}

/** A prepared dictionary of its parts. */
export function withReading({ codewords, reader, mean, factor }: PreparedParts): PreparedDictionary {
  const whitening = factor && new Cholesky([...factor])
  return {
    codewords,
    reader,
    read(code, k) {
      const rest = mean ? code.map((entry, j) => entry - k * mean[j]) : code
      return whitening ? whitening.solveLower(rest) : rest
    },
  }
}

/**
 * The reader of `whitened` for codes that are sums of these codewords as they are, of whatever norm: it sees
 * Σ^(−½)(X − kμ), where `prepared` has it for unit ones. 16Nd bytes, O(Nd²).
 *
 * @since 0.2.0
 */
export const whitened = (codewords: Dictionary): PreparedDictionary =>
  withReading(atOnce(whitenedParts(codewords)))

function* whitenedParts(codewords: Dictionary): Steps<PreparedParts> {
  const { reader: without, mean } = yield* centred(codewords)
  const factor = yield* whitening(without)
  const reader = yield* mapped(without, (f) => factor.solveLower(f))
  return { codewords, reader, mean, factor: factor.rows }
}

function* centred(codewords: Dictionary): Steps<PreparedParts & Required<Pick<PreparedParts, 'mean'>>> {
  const mean = yield* meanOf(codewords)
  const reader = yield* mapped(codewords, (f) => f.map((entry, j) => entry - mean[j]))
  return { codewords, reader, mean }
}

const asItIs = (dictionary: Dictionary): PreparedParts => ({ codewords: dictionary, reader: dictionary })

function* unitDictionary(dictionary: Dictionary): Steps<Dictionary> {
  if (dictionary instanceof Float32Dictionary) return dictionary.unit()
  return yield* mapped(dictionary, (f, i) => {
    const norm = Math.sqrt(inner(f, f))
    if (!(norm > 0)) throw new RangeError(`codeword ${i} is zero, and has no direction`)
    return f.map((entry) => entry / norm)
  })
}

/** The dictionary of what a function makes of each codeword, in doubles. */
const mapped = (
  dictionary: Dictionary,
  map: (codeword: Float64Array, i: number) => Float64Array,
): Steps<DenseDictionary> =>
  sharedSteps(dictionary.size, dictionary.dimension, (i) => map(dictionary.codeword(i), i))

function* meanOf(dictionary: Dictionary): Steps<Float64Array> {
  const { size: N, dimension: d } = dictionary
  const mean = new Float64Array(d)
  for (let i = 0; i < N; i++) {
    dictionary.codeword(i).forEach((entry, j) => {
      mean[j] += entry / N
    })
    yield
  }
  return mean
}

/** L, with LLᵀ the covariance of centred codewords and the ridge. */
function* whitening(centred: Dictionary): Steps<Cholesky> {
  const rows = yield* covariance(centred)
  const ridge = (RIDGE * rows.reduce((sum, row, j) => sum + row[j], 0)) / rows.length || Number.MIN_VALUE
  const factor = new Cholesky()
  for (const row of rows) {
    if (!factor.append(row, row[factor.size] + ridge, 0))
      throw new RangeError('the covariance of the codewords has no Cholesky factor')
    yield
  }
  return factor
}

/** Row j holds the entries up to the diagonal. */
function* covariance(centred: Dictionary): Steps<Float64Array[]> {
  const { size: N, dimension: d } = centred
  const rows = Array.from({ length: d }, (_, j) => new Float64Array(j + 1))
  for (let i = 0; i < N; i++) {
    const codeword = centred.codeword(i)
    for (let j = 0; j < d; j++) {
      const row = rows[j]
      const entry = codeword[j] / N
      for (let l = 0; l <= j; l++) row[l] += entry * codeword[l]
    }
    yield
  }
  return rows
}
