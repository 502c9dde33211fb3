import type { Key } from '../random/key.js'
import { philox } from '../random/philox.js'
import { byteSums, scoreOf } from './byte-sums.js'
import { combineSigns, startsOf } from './combine.js'
import { BLOCK, blocksFor, bytesFor, columnsFor, outOfMemory, rowWords } from './layout.js'
import { select } from './select.js'
import type { Scored, Selected, SignMatrix, Wanted } from './sign-matrix.js'

/** Sign matrix in plain TypeScript, for engines without WebAssembly SIMD; results are those of the SIMD kernels. */
export class PlainSigns implements SignMatrix {
  size = 0
  dimension = 0
  #store = new Uint8Array(0)

  reshape(size: number, dimension: number): void {
    const bytes = bytesFor(size, dimension)
    if (this.#store.length < bytes) {
      try {
        this.#store = new Uint8Array(bytes)
      } catch {
        throw outOfMemory(bytes)
      }
    }
    this.size = size
    this.dimension = dimension
  }

  part(from: number, size: number): PlainSigns {
    const part = new PlainSigns()
    part.size = size
    part.dimension = this.dimension
    part.#store = this.#store.subarray((from / BLOCK) * columnsFor(this.dimension) * BLOCK)
    return part
  }

  bytes(): Uint8Array {
    return this.#store.subarray(0, bytesFor(this.size, this.dimension))
  }

  generate(key: Key): void {
    const columns = columnsFor(this.dimension)
    const words = new DataView(this.#store.buffer)
    let at = 0
    for (let block = 0; block < blocksFor(this.size); block++) {
      for (let column = 0; column < columns; column++) {
        for (const word of philox([block, column, 0, 0], key)) {
          words.setUint32(at, word, true)
          at += 4
        }
      }
    }
  }

  correlate(vectors: readonly ArrayLike<number>[], dimension: number): Float64Array[] {
    return vectors.map((v) => this.#scores(v, dimension))
  }

  argmax(vectors: readonly ArrayLike<number>[], dimension: number): Scored[] {
    return vectors.map((v) => {
      const scores = this.#scores(v, dimension)
      let index = 0
      for (let i = 1; i < scores.length; i++) if (scores[i] > scores[index]) index = i
      return { index, score: scores[index] }
    })
  }

  select(vectors: readonly ArrayLike<number>[], wanted: readonly Wanted[], dimension: number): Selected[] {
    return vectors.map((v, c) => select(this.#scores(v, dimension), wanted[c]))
  }

  combine(indices: ArrayLike<number>, weights: ArrayLike<number>, dimension: number): Float64Array {
    const stride = columnsFor(this.dimension) * BLOCK
    return combineSigns(this.#store, dimension, startsOf(indices, stride), weights)
  }

  total(dimension: number): Int32Array {
    const all = Array.from({ length: this.size }, (_, i) => i)
    return Int32Array.from(
      this.combine(
        all,
        all.map(() => 1),
        dimension,
      ),
    )
  }

  rows(dimension: number): Int32Array {
    const each = rowWords(dimension)
    const rows = new Int32Array(this.size * each)
    for (let i = 0; i < this.size; i++) {
      this.#signs(i, dimension).forEach((sign, j) => {
        if (sign < 0) rows[i * each + (j >> 5)] |= 1 << (j & 31)
      })
    }
    return rows
  }

  gram(dimension: number): Int32Array {
    const { size } = this
    const gram = new Int32Array(size * size)
    for (let i = 0; i < size; i++) gram.set(this.#scores(this.#signs(i, dimension), dimension), i * size)
    return gram
  }

  #signs(i: number, dimension: number): number[] {
    const at = Math.floor(i / BLOCK) * columnsFor(this.dimension) * BLOCK + (i % BLOCK)
    const minus = (j: number) => (this.#store[at + (j >> 3) * BLOCK] >> (j & 7)) & 1
    return Array.from({ length: dimension }, (_, j) => 1 - 2 * minus(j))
  }

  #scores(v: ArrayLike<number>, dimension: number): Float64Array {
    const sums = byteSums(v, dimension)
    const stride = columnsFor(this.dimension) * BLOCK
    return Float64Array.from({ length: this.size }, (_, i) => scoreOf(this.#store, stride, i, sums))
  }
}
