import { outOfMemory } from '../layout.js'

/** Rows that stand together, coordinate after coordinate: two vectors of 128 bits. */
export const ROWS = 8

export const PAGE_BYTES = 65536
/** What one WebAssembly memory may have. */
const MOST_PAGES = 65536
/** The first page is nobody's, so that no address is 0. */
export const BASE = 65536

/** Bytes of N rows of d floats in a store. */
export const storeBytes = (N: number, d: number): number => ROWS * Math.ceil(N / ROWS) * d * 4

/** What is left for the rows themselves: vectors and scores of a product stand behind them. */
export const MOST_STORE_BYTES = (MOST_PAGES - 1) * PAGE_BYTES - 2 ** 28

/**
 * N rows of d float32 numbers in WebAssembly memory, which threads may share. Rows stand in blocks of 8; a block holds
 * its d coordinates in turn, and a coordinate the entries of the 8 rows. Rows past N are zero.
 */
export class Float32Store {
  readonly size: number
  readonly dimension: number
  readonly memory: WebAssembly.Memory

  /** @param memory that of another store of this shape, to share it. Throws RangeError where there is not so much. */
  constructor(N: number, d: number, memory?: WebAssembly.Memory) {
    this.size = N
    this.dimension = d
    this.memory = memory ?? allocate(N, d)
  }

  /** The floats of the store, as the memory has them now. */
  floats(): Float32Array {
    return new Float32Array(this.memory.buffer, BASE, storeBytes(this.size, this.dimension) / 4)
  }

  /** Row i as doubles. */
  row(i: number): Float64Array {
    const floats = this.floats()
    const row = new Float64Array(this.dimension)
    for (let j = 0, at = startOf(i, this.dimension); j < row.length; j++, at += ROWS) row[j] = floats[at]
    return row
  }

  /** ⟨row i, v⟩, summed in doubles in the order of coordinates. */
  score(i: number, v: ArrayLike<number>, floats = this.floats()): number {
    let sum = 0
    for (let j = 0, at = startOf(i, this.dimension); j < v.length; j++, at += ROWS) sum += v[j] * floats[at]
    return sum
  }

  /** The same for every row. */
  scores(v: ArrayLike<number>): Float64Array {
    const floats = this.floats()
    return Float64Array.from({ length: this.size }, (_, i) => this.score(i, v, floats))
  }

  /** ‖row‖² of every row. */
  squares(): Float64Array {
    const floats = this.floats()
    const squares = new Float64Array(this.size)
    const block = ROWS * this.dimension
    for (let i = 0; i < squares.length; i++) {
      let sum = 0
      const start = startOf(i, this.dimension)
      for (let at = start; at < start + block; at += ROWS) sum += floats[at] * floats[at]
      squares[i] = sum
    }
    return squares
  }

  /** total += weight·row i. */
  add(total: Float64Array, weight: number, i: number): void {
    const floats = this.floats()
    for (let j = 0, at = startOf(i, this.dimension); j < total.length; j++, at += ROWS) {
      total[j] += weight * floats[at]
    }
  }
}

/** Where the first entry of row i stands among the floats. */
const startOf = (i: number, d: number): number => Math.floor(i / ROWS) * d * ROWS + (i % ROWS)

function allocate(N: number, d: number): WebAssembly.Memory {
  const bytes = BASE + storeBytes(N, d)
  if (storeBytes(N, d) > MOST_STORE_BYTES) throw outOfMemory(bytes)
  try {
    return new WebAssembly.Memory({
      initial: Math.ceil(bytes / PAGE_BYTES),
      maximum: MOST_PAGES,
      shared: true,
    })
  } catch {
    throw outOfMemory(bytes)
  }
}

/**
 * Fill a store with numbers in the order in which a file has them: along a row (`fast` is `coordinate`) or from row to
 * row (`codeword`). What it returns takes the next of them, and says where the first that is not finite belongs.
 */
export function filler(store: Float32Store, fast: 'coordinate' | 'codeword') {
  const { size: N, dimension: d } = store
  const floats = store.floats()
  const length = fast === 'coordinate' ? d : N
  let [slow, at] = [0, 0]
  return (values: Float32Array): { row: number; coordinate: number } | undefined => {
    for (let from = 0; from < values.length; ) {
      const some = values.subarray(from, from + length - at)
      const bad = firstNotFinite(some)
      if (bad >= 0) {
        const [row, coordinate] = fast === 'coordinate' ? [slow, at + bad] : [at + bad, slow]
        return { row, coordinate }
      }
      if (fast === 'coordinate') alongRow(floats, startOf(slow, d) + at * ROWS, some)
      else acrossRows(floats, d, slow, at, some)
      from += some.length
      at += some.length
      if (at === length) [slow, at] = [slow + 1, 0]
    }
    return undefined
  }
}

function firstNotFinite(values: Float32Array): number {
  // A loop: findIndex with its function takes ten times as long.
  for (let n = 0; n < values.length; n++) if (!Number.isFinite(values[n])) return n
  return -1
}

function alongRow(floats: Float32Array, start: number, values: Float32Array): void {
  for (let j = 0, at = start; j < values.length; j++, at += ROWS) floats[at] = values[j]
}

function acrossRows(floats: Float32Array, d: number, j: number, first: number, values: Float32Array): void {
  for (let n = 0, i = first; n < values.length; n++, i++) floats[startOf(i, d) + j * ROWS] = values[n]
}
