import { atOnce, type Steps } from '../io/slices.js'

/** Eigenvalues in ascending order, and unit eigenvectors, one a row. */
export interface SymmetricEigen {
  readonly values: Float64Array
  /** Row i belongs to value i; empty where vectors were not asked for. */
  readonly vectors: readonly Float64Array[]
}

/**
 * The eigendecomposition of a symmetric n × n matrix, row after row, to a few units of rounding of the largest
 * eigenvalue: Householder's reduction to a tridiagonal matrix, and implicit QL (Golub & Van Loan, "Matrix
 * computations", Sections 8.3.1 and 8.3.3). About 7n³ operations, 2n³ without vectors.
 */
export const symmetricEigen = (matrix: Float64Array, n: number, withVectors = true): SymmetricEigen =>
  atOnce(eigenSteps(matrix, n, withVectors))

/** The same, row by row. */
export function* eigenSteps(matrix: Float64Array, n: number, withVectors: boolean): Steps<SymmetricEigen> {
  const rows = Array.from({ length: n }, (_, i) => matrix.slice(i * n, (i + 1) * n))
  const { diagonal, beside, reflectors } = yield* tridiagonal(rows)
  const vectors = withVectors ? identity(n) : []
  yield* implicitQl(diagonal, beside, vectors)
  for (const vector of vectors) {
    for (const { v, from } of reflectors.toReversed()) reflect(vector, v, from)
    yield
  }
  const order = Array.from(diagonal.keys()).sort((a, b) => diagonal[a] - diagonal[b])
  return {
    values: Float64Array.from(order, (i) => diagonal[i]),
    vectors: withVectors ? order.map((i) => vectors[i]) : [],
  }
}

/** The reflection x − 2⟨v, x⟩v of what stands from `from` on, ‖v‖ = 1. */
interface Reflector {
  readonly v: Float64Array
  readonly from: number
}

const identity = (n: number): Float64Array[] =>
  Array.from({ length: n }, (_, i) => {
    const row = new Float64Array(n)
    row[i] = 1
    return row
  })

function reflect(x: Float64Array, v: Float64Array, from: number): void {
  let sum = 0
  for (let j = 0; j < v.length; j++) sum += v[j] * x[from + j]
  for (let j = 0; j < v.length; j++) x[from + j] -= 2 * sum * v[j]
}

interface Tridiagonal {
  readonly diagonal: Float64Array
  readonly beside: Float64Array
  readonly reflectors: readonly Reflector[]
}

/** Both triangles are kept up, so that all goes along rows. */
function* tridiagonal(rows: Float64Array[]): Steps<Tridiagonal> {
  const n = rows.length
  const beside = new Float64Array(n)
  const reflectors: Reflector[] = []
  for (let k = 0; k < n - 1; k++) {
    const v = rows[k].slice(k + 1)
    const norm = Math.sqrt(v.reduce((sum, entry) => sum + entry * entry, 0))
    const alpha = v[0] > 0 ? -norm : norm
    beside[k] = alpha
    v[0] -= alpha
    const length = Math.sqrt(v.reduce((sum, entry) => sum + entry * entry, 0))
    if (length === 0) continue
    for (let j = 0; j < v.length; j++) v[j] /= length
    reflectors.push({ v, from: k + 1 })
    reflectBoth(rows, v, k + 1)
    yield
  }
  return { diagonal: Float64Array.from(rows, (row, i) => row[i]), beside, reflectors }
}

/** A ← HAH on the rows and columns from `from` on, H = I − 2vvᵀ. */
function reflectBoth(rows: readonly Float64Array[], v: Float64Array, from: number): void {
  const m = v.length
  const p = new Float64Array(m)
  for (let i = 0; i < m; i++) {
    const row = rows[from + i]
    let sum = 0
    for (let j = 0; j < m; j++) sum += row[from + j] * v[j]
    p[i] = sum
  }
  let along = 0
  for (let i = 0; i < m; i++) along += v[i] * p[i]
  for (let i = 0; i < m; i++) p[i] = 2 * (p[i] - along * v[i])
  for (let i = 0; i < m; i++) {
    const row = rows[from + i]
    const [x, y] = [v[i], p[i]]
    for (let j = 0; j < m; j++) row[from + j] -= x * p[j] + y * v[j]
  }
}

const MOST_SWEEPS = 60

/** Diagonalise the tridiagonal matrix in place; each rotation is applied to the rows that become eigenvectors. */
function* implicitQl(
  diagonal: Float64Array,
  beside: Float64Array,
  vectors: readonly Float64Array[],
): Steps<void> {
  const n = diagonal.length
  for (let l = 0; l < n; l++) {
    for (let sweep = 0; ; sweep++) {
      let m = l
      while (m < n - 1 && !negligible(beside[m], diagonal[m], diagonal[m + 1])) m++
      if (m === l) break
      if (sweep === MOST_SWEEPS) throw new Error('the eigenvalues did not converge')
      sweepOnce(diagonal, beside, vectors, l, m)
    }
    yield
  }
}

const negligible = (entry: number, a: number, b: number): boolean =>
  Math.abs(entry) <= Number.EPSILON * (Math.abs(a) + Math.abs(b))

/** One implicit QL step with Wilkinson's shift on the block [l, m]. */
function sweepOnce(
  diagonal: Float64Array,
  beside: Float64Array,
  vectors: readonly Float64Array[],
  l: number,
  m: number,
): void {
  const half = (diagonal[l + 1] - diagonal[l]) / (2 * beside[l])
  const root = Math.hypot(half, 1)
  let g = diagonal[m] - diagonal[l] + beside[l] / (half + (half >= 0 ? root : -root))
  let [s, c, p] = [1, 1, 0]
  for (let i = m - 1; i >= l; i--) {
    const f = s * beside[i]
    const b = c * beside[i]
    const r = Math.hypot(f, g)
    beside[i + 1] = r
    if (r === 0) {
      diagonal[i + 1] -= p
      beside[m] = 0
      return
    }
    s = f / r
    c = g / r
    const shifted = diagonal[i + 1] - p
    const t = (diagonal[i] - shifted) * s + 2 * c * b
    p = s * t
    diagonal[i + 1] = shifted + p
    g = c * t - b
    if (vectors.length > 0) rotate(vectors[i], vectors[i + 1], c, s)
  }
  diagonal[l] -= p
  beside[l] = g
  beside[m] = 0
}

function rotate(a: Float64Array, b: Float64Array, c: number, s: number): void {
  for (let k = 0; k < a.length; k++) {
    const f = b[k]
    b[k] = s * a[k] + c * f
    a[k] = c * a[k] - s * f
  }
}
