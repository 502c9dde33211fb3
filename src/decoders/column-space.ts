import type { Dictionary } from '../codes/problem.js'
import { innerUnordered } from '../numerics/inner.js'

/** Codewords that are taken together: memory is what sums of products wait for. */
const TOGETHER = 4
/** A pivot below this share of the largest is rounding: the coordinate depends on those before it. */
const NEGLIGIBLE = 1e-12

const known = new WeakMap<Dictionary, ColumnSpace>()

/** That of a dictionary, made the first time that it is asked for: O(Nd² + d³) time, 8(d² + N) bytes. */
export function columnSpace(dictionary: Dictionary): ColumnSpace {
  const space = known.get(dictionary) ?? new ColumnSpace(dictionary)
  known.set(dictionary, space)
  return space
}

/**
 * Projection onto the row space of F, whatever the norms and angles of its codewords: FᵀG with G = (FFᵀ)⁻¹F, by the
 * Cholesky factor of FFᵀ on coordinates that are independent. It is QQᵀ of every N × m matrix Q = FᵀW with orthonormal
 * columns, so that what is said of QQᵀ, Qᵀy and ‖Qᵀy‖ needs no Q.
 */
export class ColumnSpace {
  /** m, the rank of F. */
  readonly rank: number
  /** h_i = ‖Q_i‖² = ⟨f_i, (FFᵀ)⁻¹f_i⟩ for every codeword, in [0, 1]. */
  readonly leverages: Float64Array
  /** The independent coordinates, in the order of the factor. */
  readonly #order: number[] = []
  /** A row of the factor for each of them. */
  readonly #rows: Float64Array[] = []

  constructor(dictionary: Dictionary) {
    this.#factor(gramOfRows(dictionary))
    this.rank = this.#order.length
    this.leverages = this.#squares(dictionary)
  }

  /** (FFᵀ)⁻¹v for v in the column space, length d; where coordinates depend on others, these have entry 0. */
  solve(v: Float64Array): Float64Array {
    const rest = this.#forward(v)
    const solved = new Float64Array(v.length)
    for (let t = this.rank - 1; t >= 0; t--) {
      const row = this.#rows[t]
      const entry = rest[t] / row[t]
      solved[this.#order[t]] = entry
      for (let s = 0; s < t; s++) rest[s] -= row[s] * entry
    }
    return solved
  }

  /** L⁻¹v, whose norm is that of Qᵀy for v = Fy. */
  #forward(v: Float64Array): Float64Array {
    const y = new Float64Array(this.rank)
    for (let t = 0; t < y.length; t++) {
      const row = this.#rows[t]
      let rest = v[this.#order[t]]
      for (let s = 0; s < t; s++) rest -= row[s] * y[s]
      y[t] = rest / row[t]
    }
    return y
  }

  /** Cholesky with pivots, the largest first; the rows of those coordinates that are left out are dropped. */
  #factor(gram: readonly Float64Array[]): void {
    const d = gram.length
    const rows = gram.map(() => new Float64Array(d))
    const pivots = gram.map((row, j) => row[j])
    const open = new Set(pivots.keys())
    const largest = Math.max(...pivots)
    for (let t = 0; t < d; t++) {
      let best = -1
      for (const j of open) if (best < 0 || pivots[j] > pivots[best]) best = j
      if (!(pivots[best] > NEGLIGIBLE * largest)) break
      open.delete(best)
      const row = rows[best]
      row[t] = Math.sqrt(pivots[best])
      this.#order.push(best)
      this.#rows.push(row)
      for (const j of open) {
        const other = rows[j]
        const entry =
          ((j > best ? gram[j][best] : gram[best][j]) -
            innerUnordered(row.subarray(0, t), other.subarray(0, t))) /
          row[t]
        other[t] = entry
        pivots[j] -= entry * entry
      }
    }
  }

  #squares(dictionary: Dictionary): Float64Array {
    const squares = new Float64Array(dictionary.size)
    for (const [from, four] of inFours(dictionary)) {
      const [a, b, c, e] = four.map((f) => Float64Array.from(this.#order, (j) => f[j]))
      const sums = [0, 0, 0, 0]
      for (let t = 0; t < this.rank; t++) {
        const row = this.#rows[t]
        let [p, q, r, u] = [a[t], b[t], c[t], e[t]]
        for (let s = 0; s < t; s++) {
          const entry = row[s]
          p -= entry * a[s]
          q -= entry * b[s]
          r -= entry * c[s]
          u -= entry * e[s]
        }
        const pivot = row[t]
        ;[a[t], b[t], c[t], e[t]] = [p / pivot, q / pivot, r / pivot, u / pivot]
        for (const [m, y] of [a, b, c, e].entries()) sums[m] += y[t] * y[t]
      }
      squares.set(sums.slice(0, squares.length - from), from)
    }
    return squares
  }
}

/** FFᵀ: row j holds the entries up to the diagonal. */
function gramOfRows(dictionary: Dictionary): Float64Array[] {
  const { dimension: d } = dictionary
  const gram = Array.from({ length: d }, (_, j) => new Float64Array(j + 1))
  for (const [, [a, b, c, e]] of inFours(dictionary)) {
    for (let j = 0; j < d; j++) {
      const row = gram[j]
      const [s, t, u, v] = [a[j], b[j], c[j], e[j]]
      for (let l = 0; l <= j; l++) row[l] += s * a[l] + t * b[l] + (u * c[l] + v * e[l])
    }
  }
  return gram
}

/** The codewords four at a time, with the number of the first; after the last come zeros. */
function* inFours(dictionary: Dictionary): Generator<[from: number, four: Float64Array[]]> {
  const { size: N, dimension: d } = dictionary
  for (let from = 0; from < N; from += TOGETHER) {
    yield [
      from,
      Array.from({ length: TOGETHER }, (_, m) =>
        from + m < N ? dictionary.codeword(from + m) : new Float64Array(d),
      ),
    ]
  }
}
