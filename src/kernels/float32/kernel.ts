import { readFileSync } from 'node:fs'
import { outOfMemory } from '../layout.js'
import { type Kernels, type PassName, SHARES } from './board.js'
import { presentCrew, WORTH_SHARING } from './crew.js'
import { BASE, type Float32Store, PAGE_BYTES, ROWS } from './store.js'

/** The kernels of assembly/float32.ts. */
export interface Exports {
  scores64(at: number, d: number, blocks: number, vector: number, out: number): void
  pairScores64(at: number, d: number, blocks: number, vectors: number, out: number, stride: number): void
  scores32(at: number, d: number, blocks: number, vector: number, out: number): void
  manyScores32(
    at: number,
    d: number,
    blocks: number,
    vectors: number,
    groups: number,
    sums: number,
    out: number,
    stride: number,
  ): void
  nearest(
    base: number,
    d: number,
    size: number,
    block: number,
    end: number,
    rows: number,
    groups: number,
    table: number,
    run: number,
    slack: number,
    panel: number,
  ): void
  addProducts(
    at: number,
    d: number,
    blocks: number,
    scales: number,
    weights: number,
    shift: number,
    panel: number,
    first: number,
    step: number,
    out: number,
  ): void
}

let compiled: WebAssembly.Module | null | undefined

/** The compiled kernels, or null where the engine has no SIMD or `DIMS_PER_BIT_KERNEL=plain` is set. */
function float32Module(): WebAssembly.Module | null {
  if (compiled === undefined) {
    const binary = readFileSync(new URL('../float32.wasm', import.meta.url))
    const plain = process.env.DIMS_PER_BIT_KERNEL === 'plain' || !WebAssembly.validate(binary)
    compiled = plain ? null : new WebAssembly.Module(binary)
  }
  return compiled
}

/** The kernels on a store's memory; null where the engine has no SIMD. */
export function instanceOf(memory: WebAssembly.Memory): Exports | null {
  const module = float32Module()
  const abort = () => {
    throw new Error('the kernel aborted')
  }
  return (
    module && (new WebAssembly.Instance(module, { env: { memory, abort } }).exports as unknown as Exports)
  )
}

const kernels = new WeakMap<WebAssembly.Memory, Float32Kernel>()

/** This thread's kernel of a store, with one scratch for all that use it. */
export function kernelOf(store: Float32Store): Float32Kernel {
  const kernel = kernels.get(store.memory) ?? new Float32Kernel(store)
  kernels.set(store.memory, kernel)
  return kernel
}

/** Blocks that the kernels take at a time. */
const UNROLLED = 4

/** Vectors of one pass: their scores take 8 bytes a row each. */
const MOST_VECTORS = 64

/** Coordinates whose products are summed in floats: `RUN` of assembly/float32-scores.ts. */
const RUN = 128

/**
 * The largest error of a score in float32, as a share of ‖row‖·‖vector‖: each product and each of at most 128 sums
 * rounds by 2^-24 at most, and so does each entry of the vector (Higham, "Accuracy and stability of numerical
 * algorithms", Section 3.1).
 */
export const FLOAT32_ERROR = ((RUN + 2) * 2 ** -24) / (1 - (RUN + 2) * 2 ** -24)

/** Products with the rows of a store: an instance of the kernels, with scratch of its own in the store's memory. */
export class Float32Kernel {
  readonly store: Float32Store
  /** Null where rows are multiplied in plain JavaScript. */
  readonly exports: Exports | null
  #scratch = 0
  #room = 0

  constructor(store: Float32Store) {
    this.store = store
    this.exports = instanceOf(store.memory)
  }

  /** ⟨row, v⟩ for every row and each vector, summed in doubles in the order of coordinates. */
  exact(vectors: readonly ArrayLike<number>[]): Float64Array[] {
    return this.fromExact(vectors, copied)
  }

  /**
   * What `use` makes of each vector's exact products, number c of them, in turn. They stand in scratch: `use` may
   * change them, and must neither keep them nor ask this kernel for others.
   */
  fromExact<T>(vectors: readonly ArrayLike<number>[], use: (products: Float64Array, c: number) => T): T[] {
    return this.#passes(vectors, (some) => this.#exactPass(some), use)
  }

  /** The same in float32, within FLOAT32_ERROR·‖row‖·‖v‖ where neither overflows; doubles where there is no SIMD. */
  rough(vectors: readonly ArrayLike<number>[]): Float64Array[] {
    return this.fromRough(vectors, copied)
  }

  /** As fromExact in float32, within FLOAT32_ERROR·‖row‖·‖v‖. */
  fromRough<T>(vectors: readonly ArrayLike<number>[], use: (products: Float64Array, c: number) => T): T[] {
    return this.#passes(vectors, (some) => this.#roughPass(some), use)
  }

  /**
   * The address of so many bytes, in multiples of a page, which no other instance has; what was there is lost. Throws
   * RangeError where the memory cannot grow so far.
   */
  scratch(bytes: number): number {
    const pages = Math.ceil(bytes / PAGE_BYTES)
    if (pages > this.#room) {
      try {
        this.#scratch = this.store.memory.grow(pages) * PAGE_BYTES
      } catch {
        throw outOfMemory(this.store.memory.buffer.byteLength + bytes)
      }
      this.#room = pages
    }
    return this.#scratch
  }

  #passes<T>(
    vectors: readonly ArrayLike<number>[],
    pass: (some: readonly ArrayLike<number>[]) => Float64Array[],
    use: (products: Float64Array, c: number) => T,
  ): T[] {
    if (this.exports === null) return vectors.map((v, c) => use(this.store.scores(v), c))
    const all: T[] = []
    for (let from = 0; from < vectors.length; from += MOST_VECTORS) {
      const products = pass(vectors.slice(from, from + MOST_VECTORS))
      all.push(...products.map((row, i) => use(row, from + i)))
    }
    return all
  }

  /**
   * Run a kernel over all blocks, shared with the crew where there is one.
   * @param valuesOf the kernel's arguments for so many blocks from one on, as share n of the pass
   */
  #all(pass: PassName, valuesOf: (from: number, blocks: number, n: number) => number[]): void {
    const { size, dimension: d, memory } = this.store
    const blocks = blocksOf(size)
    const crew = size * d < WORTH_SHARING ? undefined : presentCrew()
    const each = UNROLLED * Math.ceil(blocks / (crew ? SHARES : 1) / UNROLLED)
    const shares = Array.from({ length: Math.ceil(blocks / each) }, (_, n) =>
      valuesOf(n * each, Math.min(each, blocks - n * each), n),
    )
    const kernels: Kernels = this.exports!
    if (crew) crew.run(pass, memory, kernels, shares)
    else kernels[pass](...shares[0])
  }

  #exactPass(vectors: readonly ArrayLike<number>[]): Float64Array[] {
    const { size, dimension: d, memory } = this.store
    const stride = 8 * ROWS * blocksOf(size)
    const at = this.scratch(16 * d + stride * vectors.length)
    const out = at + 16 * d
    const pair = new Float64Array(memory.buffer, at, 2 * d)
    for (let c = 0; c < vectors.length; c += 2) {
      const [v, w] = [vectors[c], vectors[c + 1]]
      const to = (from: number) => out + c * stride + 8 * ROWS * from
      if (w === undefined) {
        pair.set(v)
        this.#all('scores64', (from, blocks) => [rowsAt(from, d), d, blocks, at, to(from)])
      } else {
        for (let j = 0; j < d; j++) [pair[2 * j], pair[2 * j + 1]] = [v[j], w[j]]
        this.#all('pairScores64', (from, blocks) => [rowsAt(from, d), d, blocks, at, to(from), stride])
      }
    }
    return vectors.map((_, c) => new Float64Array(memory.buffer, out + c * stride, size))
  }

  #roughPass(vectors: readonly ArrayLike<number>[]): Float64Array[] {
    const { size, dimension: d, memory } = this.store
    const stride = 8 * ROWS * blocksOf(size)
    const groups = vectors.length === 1 ? 0 : Math.ceil(vectors.length / 4)
    // Each share of the pass has sums of its own.
    const own = 256 * (groups + 1)
    const at = this.scratch(16 * d * (groups + 1) + SHARES * own + stride * (4 * groups + 1))
    const sums = at + 16 * d * (groups + 1)
    const out = sums + SHARES * own
    const to = (from: number) => out + 8 * ROWS * from
    if (groups === 0) {
      new Float32Array(memory.buffer, at, d).set(vectors[0])
      this.#all('scores32', (from, blocks) => [rowsAt(from, d), d, blocks, at, to(from)])
    } else {
      packByFour(new Float32Array(memory.buffer, at, 4 * d * groups), vectors, d)
      this.#all('manyScores32', (from, blocks, n) => {
        return [rowsAt(from, d), d, blocks, at, groups, sums + own * n, to(from), stride]
      })
    }
    return vectors.map((_, c) => new Float64Array(memory.buffer, out + c * stride, size))
  }
}

const copied = (products: Float64Array): Float64Array => products.slice()

const blocksOf = (size: number): number => Math.ceil(size / ROWS)

/** Where block number `from` of rows stands. */
const rowsAt = (from: number, d: number): number => BASE + from * ROWS * d * 4

/** Vectors in groups of four: the entries of a group for one coordinate stand together, 0 where it has fewer. */
export function packByFour(packed: Float32Array, vectors: readonly ArrayLike<number>[], d: number): void {
  packed.fill(0)
  vectors.forEach((v, c) => {
    for (let j = 0, at = (c >> 2) * 4 * d + (c & 3); j < d; j++, at += 4) packed[at] = v[j]
  })
}
