import { readFileSync } from 'node:fs'
import type { Key } from '../random/key.js'
import { startsOf } from './combine.js'
import { BLOCK, blocksFor, bytesFor, columnsFor, outOfMemory, rowWords } from './layout.js'
import { type Messages, type Passing, passingLayout, readPassing, writePassing } from './passing.js'
import { coarse, screened } from './screen.js'
import { readSelection, selectionLayout, writeSelection } from './selection.js'
import type { Scored, Selected, SignMatrix, Wanted } from './sign-matrix.js'
import { mostPlanes, planesFor, tableBytes, writeTables } from './tables.js'

interface Exports {
  generate(base: number, blocks: number, columns: number, key0: number, key1: number): void
  correlate(
    base: number,
    stride: number,
    blocks: number,
    columns: number,
    tables: number,
    planes: number,
    codes: number,
    out: number,
  ): void
  argmax(
    base: number,
    stride: number,
    blocks: number,
    columns: number,
    size: number,
    tables: number,
    planes: number,
    codes: number,
    out: number,
  ): void
  select(base: number, stride: number, blocks: number, columns: number, size: number, selection: number): void
  combine(base: number, columns: number, starts: number, weights: number, count: number, out: number): void
  passMessages(
    base: number,
    stride: number,
    blocks: number,
    columns: number,
    size: number,
    passing: number,
  ): void
  total(base: number, stride: number, columns: number, size: number, out: number): void
  rows(base: number, stride: number, d: number, size: number, out: number): void
  gram(base: number, stride: number, d: number, size: number, packed: number, out: number): void
}

const PAGE = 65536
const LARGEST = 65536 * PAGE
/** Columns whose look-ups sum up in 16 bits. */
const MOST_COLUMNS = 255
/** The first page belongs to the kernels' own scratch. */
const STORE = PAGE

let compiled: WebAssembly.Module | null | undefined

/** The compiled SIMD kernels, or null where the engine has none or `DIMS_PER_BIT_KERNEL=plain` is set. */
export function simdModule(): WebAssembly.Module | null {
  if (compiled === undefined) compiled = compile()
  return compiled
}

function compile(): WebAssembly.Module | null {
  if (process.env.DIMS_PER_BIT_KERNEL === 'plain') return null
  const binary = readFileSync(new URL('./signs.wasm', import.meta.url))
  return WebAssembly.validate(binary) ? new WebAssembly.Module(binary) : null
}

/** Sign matrix in WebAssembly memory: the store from the second page on, tables and results behind it. */
export class WasmSigns implements SignMatrix {
  size = 0
  dimension = 0
  readonly #memory: WebAssembly.Memory
  readonly #exports: Exports
  /** Where the codewords begin. */
  readonly #base: number
  /** The matrix that this one is a part of. */
  readonly #whole: WasmSigns | undefined

  constructor(module: WebAssembly.Module | { readonly whole: WasmSigns; readonly base: number }) {
    if ('whole' in module) {
      this.#whole = module.whole
      this.#memory = module.whole.#memory
      this.#exports = module.whole.#exports
      this.#base = module.base
      return
    }
    const abort = () => {
      throw new Error('the kernel aborted')
    }
    this.#base = STORE
    this.#memory = new WebAssembly.Memory({ initial: 1, maximum: LARGEST / PAGE })
    const instance = new WebAssembly.Instance(module, { env: { memory: this.#memory, abort } })
    this.#exports = instance.exports as unknown as Exports
  }

  part(from: number, size: number): WasmSigns {
    const base = this.#base + (from / BLOCK) * this.#stride()
    const part = new WasmSigns({ whole: this, base })
    part.size = size
    part.dimension = this.dimension
    return part
  }

  reshape(size: number, dimension: number): void {
    if (this.#whole) throw new Error('a part of a sign matrix has the shape that it has')
    this.#reserve(STORE + bytesFor(size, dimension))
    this.size = size
    this.dimension = dimension
  }

  bytes(): Uint8Array {
    return new Uint8Array(this.#memory.buffer, this.#base, bytesFor(this.size, this.dimension))
  }

  generate(key: Key): void {
    this.#exports.generate(this.#base, blocksFor(this.size), columnsFor(this.dimension), key[0], key[1])
  }

  correlate(vectors: readonly ArrayLike<number>[], dimension: number): Float64Array[] {
    const blocks = blocksFor(this.size)
    const { tables, planes, columns, out } = this.#load(vectors, dimension, blocks * BLOCK * 8)
    this.#exports.correlate(this.#base, this.#stride(), blocks, columns, tables, planes, vectors.length, out)
    return vectors.map(
      (_, c) => new Float64Array(this.#memory.buffer, out + c * blocks * BLOCK * 8, this.size),
    )
  }

  argmax(vectors: readonly ArrayLike<number>[], dimension: number): Scored[] {
    const wide = vectors.map((v) => planesFor(v, dimension) > 1)
    const those = (some: boolean) => vectors.filter((_, c) => wide[c] === some)
    const narrow = this.#argmaxNarrow(those(false), dimension).values()
    const screened = this.#argmaxWide(those(true), dimension).values()
    return wide.map((some) => (some ? screened : narrow).next().value!)
  }

  #argmaxNarrow(vectors: readonly ArrayLike<number>[], dimension: number): Scored[] {
    if (vectors.length === 0) return []
    const { tables, planes, columns, out } = this.#load(vectors, dimension, 16)
    const codes = vectors.length
    this.#exports.argmax(
      this.#base,
      this.#stride(),
      blocksFor(this.size),
      columns,
      this.size,
      tables,
      planes,
      codes,
      out,
    )
    const found = new Float64Array(this.#memory.buffer, out, 2 * codes)
    return vectors.map((_, c) => ({ score: found[2 * c], index: found[2 * c + 1] }))
  }

  /**
   * One plane for all codewords, and exact scores for those few that it leaves, in place of a plane for every seven
   * bits.
   */
  #argmaxWide(vectors: readonly ArrayLike<number>[], dimension: number): Scored[] {
    if (vectors.length === 0) return []
    const rough = vectors.map((v) => coarse(v, dimension))
    const scores = this.correlate(
      rough.map(({ entries }) => entries),
      dimension,
    )
    const store = this.bytes()
    return vectors.map((v, c) => screened(v, dimension, rough[c], scores[c], store, this.#stride()))
  }

  select(vectors: readonly ArrayLike<number>[], wanted: readonly Wanted[], dimension: number): Selected[] {
    const selecting = { vectors, wanted, dimension }
    const layout = selectionLayout(this.#end(), this.size, selecting)
    this.#reserve(layout.end)
    writeSelection(this.#memory.buffer, layout, selecting)
    this.#exports.select(this.#base, this.#stride(), layout.blocks, layout.columns, this.size, layout.record)
    return readSelection(this.#memory.buffer, layout, selecting)
  }

  combine(indices: ArrayLike<number>, weights: ArrayLike<number>, dimension: number): Float64Array {
    const count = indices.length
    const columns = columnsFor(dimension)
    const at = this.#end()
    const out = at + 8 * count
    const starts = out + 128 * Math.ceil(columns / 2)
    this.#reserve(starts + 4 * count)
    const { buffer } = this.#memory
    new Float64Array(buffer, at, count).set(weights)
    new Uint32Array(buffer, starts, count).set(startsOf(indices, this.#stride()))
    this.#exports.combine(this.#base, columns, starts, at, count, out)
    return new Float64Array(buffer, out, dimension).slice()
  }

  passMessages(passing: Passing): Messages | undefined {
    const { size } = this
    const { length: dimension } = passing.code
    if (columnsFor(dimension) > MOST_COLUMNS) return undefined
    const layout = passingLayout(this.#end(), size, dimension, passing.excluded.length)
    this.#reserve(layout.end)
    writePassing(this.#memory.buffer, layout, passing)
    this.#exports.passMessages(
      this.#base,
      this.#stride(),
      blocksFor(size),
      columnsFor(dimension),
      size,
      layout.numbers,
    )
    return readPassing(this.#memory.buffer, layout)
  }

  total(dimension: number): Int32Array {
    const columns = columnsFor(dimension)
    const out = this.#end()
    this.#reserve(out + 32 * columns)
    this.#exports.total(this.#base, this.#stride(), columns, this.size, out)
    return new Int32Array(this.#memory.buffer, out, dimension).slice()
  }

  rows(dimension: number): Int32Array {
    const out = this.#end()
    const words = this.size * rowWords(dimension)
    this.#reserve(out + 4 * words)
    this.#exports.rows(this.#base, this.#stride(), dimension, this.size, out)
    return new Int32Array(this.#memory.buffer, out, words)
  }

  gram(dimension: number): Int32Array {
    const packed = this.#end()
    const out = packed + 4 * this.size * rowWords(dimension)
    this.#reserve(out + 4 * this.size ** 2)
    this.#exports.gram(this.#base, this.#stride(), dimension, this.size, packed, out)
    return new Int32Array(this.#memory.buffer, out, this.size ** 2).slice()
  }

  /** Where the whole store ends. */
  #end(): number {
    return this.#whole ? this.#whole.#end() : STORE + bytesFor(this.size, this.dimension)
  }

  #stride(): number {
    return columnsFor(this.dimension) * BLOCK
  }

  /** Lay out the vectors' tables behind the store, and room for `outBytes` a vector behind them. */
  #load(vectors: readonly ArrayLike<number>[], dimension: number, outBytes: number) {
    const columns = columnsFor(dimension)
    const planes = mostPlanes(vectors, dimension)
    const each = tableBytes(columns, planes)
    const tables = this.#end()
    const out = tables + each * vectors.length
    this.#reserve(out + outBytes * vectors.length)
    const bytes = new Uint8Array(this.#memory.buffer)
    for (let c = 0; c < vectors.length; c++) {
      writeTables(vectors[c], dimension, planes, bytes, tables + c * each)
    }
    return { tables, planes, columns, out }
  }

  #reserve(bytes: number): void {
    const missing = Math.ceil((bytes - this.#memory.buffer.byteLength) / PAGE)
    if (missing <= 0) return
    try {
      this.#memory.grow(missing)
    } catch {
      throw outOfMemory(bytes)
    }
  }
}
