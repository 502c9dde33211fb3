import { BLOCK, blocksFor, columnsFor, shelves } from './layout.js'
import { roughBars, writeScreen } from './screen.js'
import type { Selected, Wanted } from './sign-matrix.js'
import { mostPlanes, tableBytes, writeSums, writeTables } from './tables.js'

/** Words of the kernel's own structure. */
const RECORD = 10
/** What marks a codeword as wanted: its top bit is what the kernel looks at. */
const MARK = 255
/**
 * Planes of a vector from which on a selection screens by one plane first. Of two it would spare one at most, which
 * measures no faster.
 */
const SCREENED_PLANES = 3

/** Codewords that are asked for: those of `wanted[c]` for the integers `vectors[c]` (length d). */
export interface Selecting {
  readonly vectors: readonly ArrayLike<number>[]
  readonly wanted: readonly Wanted[]
  readonly dimension: number
}

/**
 * What the arguments and the results of the kernel take for N = `size` codewords, and where each of them stands from
 * `at` on.
 */
export function selectionLayout(at: number, size: number, { vectors, wanted, dimension }: Selecting) {
  const codes = vectors.length
  const columns = columnsFor(dimension)
  const blocks = blocksFor(size)
  const run = blocks * BLOCK
  const planes = mostPlanes(vectors, dimension)
  const screening = planes >= SCREENED_PLANES && wanted.every(({ high }) => high > -Infinity)
  const closing = wanted.some(({ among }) => among)
  const plane = tableBytes(columns, 1)
  const table = screening ? 8 * 32 * columns : tableBytes(columns, planes)
  const { take, end } = shelves(at)
  const each = (bytes: number) => take(codes * bytes)
  return {
    codes,
    columns,
    blocks,
    run,
    planes,
    plane,
    table,
    screening,
    closing,
    record: take(4 * RECORD),
    tables: each(table),
    bars: each(8 * 4),
    counts: each(16),
    marks: each(run),
    scores: each(8 * run),
    places: each(4 * run),
    screens: screening ? each(plane) : 0,
    closed: closing ? each(blocks) : 0,
    end: end(),
  }
}

type Layout = ReturnType<typeof selectionLayout>

/**
 * Lay the arguments out, their record in the order of the kernel's own structure (assembly/correlate.ts). Where it
 * screens, tables are the sums over halves of byte columns, as doubles.
 */
export function writeSelection(buffer: ArrayBuffer, layout: Layout, selecting: Selecting): void {
  const { codes, columns, blocks, run, planes, plane, table, screening, closing } = layout
  const { vectors, wanted, dimension } = selecting
  writeRecord(new Uint32Array(buffer, layout.record, RECORD), layout)
  const bytes = new Uint8Array(buffer)
  const bars = new Float64Array(buffer, layout.bars, 4 * codes)
  const marks = new Uint8Array(buffer, layout.marks, run * codes).fill(0)
  for (let c = 0; c < codes; c++) {
    const { low, high, also } = wanted[c]
    const at = layout.tables + c * table
    bars.set([low, high], 4 * c)
    if (screening) {
      writeSums(vectors[c], dimension, new Float64Array(buffer, at, 32 * columns))
      const rough = writeScreen(vectors[c], dimension, bytes, layout.screens + c * plane)
      bars.set(roughBars(wanted[c], rough), 4 * c + 2)
    } else writeTables(vectors[c], dimension, planes, bytes, at)
    for (let m = 0; m < also.length; m++) marks[c * run + also[m]] = MARK
    if (closing) closeBlocks(wanted[c], new Uint8Array(buffer, layout.closed + c * blocks, blocks))
  }
}

const writeRecord = (
  record: Uint32Array,
  { codes, planes, tables, screens, bars, marks, closed, counts, scores, places }: Layout,
): void => record.set([codes, planes, tables, screens, bars, marks, closed, counts, scores, places])

/** Mark the blocks that hold no wanted codeword. */
function closeBlocks({ among, also }: Wanted, closed: Uint8Array): void {
  closed.fill(among ? 1 : 0)
  if (!among) return
  for (const codewords of [among, also])
    for (let m = 0; m < codewords.length; m++) closed[Math.floor(codewords[m] / BLOCK)] = 0
}

/** What the kernel selected for each of the vectors, copied out of its memory. */
export function readSelection(
  buffer: ArrayBuffer,
  { run, counts, places, scores }: Layout,
  { vectors }: Selecting,
): Selected[] {
  const found = new Uint32Array(buffer, counts, 4 * vectors.length)
  return vectors.map((_, c) => ({
    indices: new Int32Array(buffer, places + 4 * c * run, found[4 * c]).slice(),
    scores: new Float64Array(buffer, scores + 8 * c * run, found[4 * c]).slice(),
  }))
}
