import { BLOCK } from '../kernels/layout.js'
import type { Scored, Selected, Wanted } from '../kernels/sign-matrix.js'
import { addScaled } from '../numerics/add-scaled.js'
import type { Key } from '../random/key.js'
import type { BatchedDictionary } from './batched-dictionary.js'
import { checkCodeword } from './checks.js'
import { type ColumnBlock, type CoupledLayout, type Coupling, coupledLayout } from './coupling.js'
import { drawnSigns } from './drawn-codeword.js'
import type { RademacherArena, RademacherDictionary } from './rademacher.js'

/**
 * A spatially coupled dictionary: a codeword is fair signs over the root of their number on the rows of its column
 * block, and 0 elsewhere. Signs are packed, one bit each, and only they are worked on: about ω/R of the matrix. Scores
 * of a vector are exact where it is in ℤ/√m on the m rows of a block, and else as `RademacherDictionary` has them.
 * Source: Krzakala, Mézard, Sausset, Sun & Zdeborová 2012; Donoho, Javanmard & Montanari 2013.
 *
 * @since 0.2.0
 */
export class CoupledDictionary implements BatchedDictionary {
  readonly size: number
  readonly dimension: number
  readonly unitNorms = true
  readonly coupling: Coupling
  /** What its signs are drawn by. */
  readonly key: Key
  readonly layout: CoupledLayout
  readonly #parts: readonly Part[]
  readonly #blockOf: (i: number) => number

  /** @param signs of each column block */
  constructor(coupling: Coupling, key: Key, layout: CoupledLayout, signs: readonly RademacherDictionary[]) {
    this.coupling = coupling
    this.key = key
    const { rows, columns } = layout
    const last = columns[columns.length - 1]
    this.size = last.first + last.size
    this.dimension = rows[rows.length - 1]
    this.layout = layout
    this.#parts = columns.map((block, c) => ({ ...block, signs: signs[c] }))
    this.#blockOf = blockFinder(columns)
  }

  codeword(i: number): Float64Array {
    const { first, from, signs } = this.#part(i)
    const codeword = new Float64Array(this.dimension)
    codeword.set(signs.codeword(i - first), from)
    return codeword
  }

  correlate(v: Float64Array): Float64Array {
    return this.correlateMany([v])[0]
  }

  correlateMany(vectors: readonly Float64Array[], bits?: number): Float64Array[] {
    const scores = vectors.map(() => new Float64Array(this.size))
    for (const part of this.#parts) {
      part.signs.correlateMany(this.#windows(vectors, part), bits).forEach((some, c) => {
        scores[c].set(some, part.first)
      })
    }
    return scores
  }

  selectMany(vectors: readonly Float64Array[], wanted: readonly Wanted[], bits?: number): Selected[] {
    const also = wanted.map(({ also }) => this.#byBlock(also))
    const among = wanted.map(({ among }) => among && this.#byBlock(among))
    const found = this.#parts.map((part, b) =>
      part.signs.selectMany(
        this.#windows(vectors, part),
        wanted.map(({ low, high }, c) => ({
          low,
          high,
          also: also[c][b].own,
          ...(among[c] && { among: among[c][b].own }),
        })),
        bits,
      ),
    )
    return vectors.map((_, c) => ({
      indices: Int32Array.from(
        found.flatMap((some, b) => Array.from(some[c].indices, (i) => i + this.#parts[b].first)),
      ),
      scores: Float64Array.from(found.flatMap((some) => Array.from(some[c].scores))),
    }))
  }

  argmaxMany(vectors: readonly Float64Array[]): Scored[] {
    const best: Scored[] = vectors.map(() => ({ index: 0, score: -Infinity }))
    for (const part of this.#parts) {
      part.signs.argmaxMany(this.#windows(vectors, part)).forEach(({ index, score }, c) => {
        if (score > best[c].score) best[c] = { index: index + part.first, score }
      })
    }
    return best
  }

  superpose(subset: ArrayLike<number>): Float64Array {
    return this.#sum(subset, ({ signs }, { own }) => signs.superpose(own))
  }

  combine(indices: ArrayLike<number>, weights: ArrayLike<number>): Float64Array {
    return this.#sum(indices, ({ signs }, { own, at }) =>
      signs.combine(
        own,
        at.map((m) => weights[m]),
      ),
    )
  }

  /** Σ over column blocks of what each makes of its own codewords, on its own rows. */
  #sum(indices: ArrayLike<number>, own: (part: Part, members: Members) => Float64Array): Float64Array {
    for (let m = 0; m < indices.length; m++) checkCodeword(indices[m], this.size)
    const groups = this.#byBlock(indices)
    return windowed(this.layout, (_, b) =>
      groups[b].own.length ? own(this.#parts[b], groups[b]) : undefined,
    )
  }

  /** By column block: the indices within it, and their places in the list. */
  #byBlock(indices: ArrayLike<number>): Members[] {
    const groups: Members[] = this.#parts.map(() => ({ own: [], at: [] }))
    for (let m = 0; m < indices.length; m++) {
      const b = this.#blockOf(indices[m])
      groups[b].own.push(indices[m] - this.#parts[b].first)
      groups[b].at.push(m)
    }
    return groups
  }

  #part(i: number): Part {
    checkCodeword(i, this.size)
    return this.#parts[this.#blockOf(i)]
  }

  #windows(vectors: readonly Float64Array[], { from, to }: ColumnBlock): Float64Array[] {
    return vectors.map((v) => {
      if (v.length === this.dimension) return v.subarray(from, to)
      throw new RangeError(`a vector of length ${this.dimension} is needed, not ${v.length}`)
    })
  }
}

interface Part extends ColumnBlock {
  readonly signs: RademacherDictionary
}

interface Members {
  readonly own: number[]
  readonly at: number[]
}

/** Sums, length d, of a vector on the rows of each column block; undefined where there is nothing. */
function windowed(
  { rows, columns }: CoupledLayout,
  vector: (block: ColumnBlock, b: number) => Float64Array | undefined,
): Float64Array {
  const total = new Float64Array(rows[rows.length - 1])
  columns.forEach((block, b) => {
    vector(block, b)?.forEach((entry, j) => {
      total[block.from + j] += entry
    })
  })
  return total
}

/** Block b begins at ⌊N·b/Λ⌋: the guess is right, or one too low. */
function blockFinder(columns: readonly ColumnBlock[]): (i: number) => number {
  const { first, size } = columns[columns.length - 1]
  const N = first + size
  return (i) => {
    const guess = Math.floor((i * columns.length) / N)
    const block = columns[guess]
    return i < block.first + block.size ? guess : guess + 1
  }
}

/** Where the signs of each column block begin in the one dictionary that they are drawn as: on multiples of 16. */
function storeOf(columns: readonly ColumnBlock[]) {
  let size = 0
  const starts = columns.map((block) => {
    const start = size
    size += BLOCK * Math.ceil(block.size / BLOCK)
    return start
  })
  const dimension = columns.reduce((most, { from, to }) => Math.max(most, to - from), 0)
  return { starts, size, dimension }
}

/** The coupled dictionary that a key draws, in the memory of the arena: it lasts until the arena's next dictionary. */
export function coupledDictionary(
  coupling: Coupling,
  N: number,
  d: number,
  key: Key,
  arena: RademacherArena,
): CoupledDictionary {
  const layout = coupledLayout(coupling, N, d)
  const { starts, size, dimension } = storeOf(layout.columns)
  const whole = arena.draw(size, dimension, key)
  const signs = layout.columns.map((block, b) => whole.part(starts[b], block.size, block.to - block.from))
  return new CoupledDictionary(coupling, key, layout, signs)
}

/** Σ weights[m]·f_(subset[m]) over the coupled dictionary that a key draws, without the other codewords. */
export function coupledSum(
  { layout, key }: { readonly layout: CoupledLayout; readonly key: Key },
  subset: readonly number[],
  weights: ArrayLike<number>,
): Float64Array {
  const { columns } = layout
  const { starts } = storeOf(columns)
  const blockOf = blockFinder(columns)
  const placed = subset.map((i, m) => ({ i, weight: weights[m], b: blockOf(i) }))
  return windowed(layout, ({ first, from, to }, b) => {
    const mine = placed.filter((one) => one.b === b)
    if (mine.length === 0) return undefined
    const sum = new Float64Array(to - from)
    for (const { i, weight } of mine) {
      addScaled(sum, weight, drawnSigns(key, starts[b] + i - first, sum.length))
    }
    const norm = Math.sqrt(sum.length)
    return sum.map((entry) => entry / norm)
  })
}
