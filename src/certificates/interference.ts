import { checkDictionary } from '../codes/checks.js'
import { DenseDictionary } from '../codes/dense.js'
import type { Dictionary } from '../codes/problem.js'
import { requireInteger, requireNumber } from '../io/arguments.js'
import { inner } from '../numerics/inner.js'
import { checkUnit } from './gram.js'

/** How a descent on the interference ended. @since 0.1.0 */
export interface Descent {
  /** Where it ended: N unit codewords of length d. */
  readonly dictionary: DenseDictionary
  readonly steps: number
  /** Whether the gradient fell to the tolerance. */
  readonly converged: boolean
}

/**
 * The interference γ of a dictionary: the mean of ⟨f_i, f_j⟩² over pairs of distinct codewords, (‖FFᵀ‖² − N)/(N(N −
 * 1)) (the paper, Section 3.4). No less than `leastInterference(N, d)`, which tight frames reach. Time O(Nd²).
 *
 * @param dictionary N ≥ 2 unit codewords of length d
 * @returns a number between 0 and 1
 * @throws RangeError for a single codeword, and at a codeword whose norm is not 1
 * @since 0.1.0
 */
export function interference(dictionary: Dictionary): number {
  checkDictionary(dictionary)
  const { size: N, dimension: d } = dictionary
  requireInteger('the number of codewords', N, 2)
  const entries = entriesOf(dictionary)
  for (let i = 0; i < N; i++) {
    const codeword = entries.subarray(i * d, (i + 1) * d)
    checkUnit(i, inner(codeword, codeword))
  }
  const S = frameOperator(entries, d)
  return (inner(S, S) - N) / (N * (N - 1))
}

/**
 * Projected gradient descent on the interference over unit codewords (the paper, Section 3.4, Claim 1): f ← f −
 * η·FFᵀf, then back to norm 1, all codewords at once. With η = min(1, d/N)/3 a small deviation from a tight frame
 * vanishes to first order, as in the Newton–Schulz iteration. Time O(Nd²) a step.
 *
 * @param start N unit codewords of length d, left as they are
 * @param options `tolerance` for the part of FFᵀf that is orthogonal to f, as a share of max(1, N/d), largest over
 * the codewords, 1e-6 unless given; `limit`, most steps, 300 unless given
 * @since 0.1.0
 */
export function minimiseInterference(start: Dictionary, { tolerance = 1e-6, limit = 300 } = {}): Descent {
  checkDictionary(start)
  requireNumber('tolerance', tolerance)
  if (!(tolerance >= 0)) throw new RangeError(`tolerance must be at least 0, not ${tolerance}`)
  requireInteger('limit', limit, 0)
  const { size: N, dimension: d } = start
  let entries = entriesOf(start)
  const level = Math.max(1, N / d)
  for (let steps = 0; ; steps++) {
    const { next, slope } = descend(entries, d, 1 / (3 * level))
    const converged = slope <= tolerance * level
    if (converged || steps === limit) return { dictionary: new DenseDictionary(entries, d), steps, converged }
    entries = next
  }
}

/** One step for every codeword, and the largest norm of a gradient along the sphere before it. */
function descend(entries: Float64Array, d: number, eta: number): { next: Float64Array; slope: number } {
  const S = new DenseDictionary(frameOperator(entries, d), d)
  const next = entries.slice()
  let slope = 0
  for (let at = 0; at < entries.length; at += d) {
    const f = next.subarray(at, at + d)
    const pull = S.correlate(f)
    const radial = inner(pull, f)
    const along = pull.map((entry, a) => entry - radial * f[a])
    slope = Math.max(slope, inner(along, along))
    for (let a = 0; a < d; a++) f[a] -= eta * pull[a]
    const norm = Math.sqrt(inner(f, f))
    for (let a = 0; a < d; a++) f[a] /= norm
  }
  return { next, slope: Math.sqrt(slope) }
}

/** FFᵀ, d × d. */
function frameOperator(entries: Float64Array, d: number): Float64Array {
  const S = new Float64Array(d * d)
  for (let at = 0; at < entries.length; at += d) {
    for (let a = 0; a < d; a++) {
      const weight = entries[at + a]
      for (let b = 0, from = a * d; b <= a; b++) S[from + b] += weight * entries[at + b]
    }
  }
  for (let a = 0; a < d; a++) for (let b = 0; b < a; b++) S[b * d + a] = S[a * d + b]
  return S
}

/** Codeword after codeword. */
function entriesOf(dictionary: Dictionary): Float64Array {
  const { size: N, dimension: d } = dictionary
  const entries = new Float64Array(N * d)
  for (let i = 0; i < N; i++) entries.set(dictionary.codeword(i), i * d)
  return entries
}
