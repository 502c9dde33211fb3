// Scores of 16 codewords at a time: for each byte column two 4-bit look-ups (one shuffle each) give the partial
// sums of 8 coordinates for all 16 lanes. Sums are biased to be unsigned; the bias is taken off at the end.
//
// XOR and popcount (gram.ts) would take one pass for each bit of a code's entries: six where one pass of look-ups
// does, at k = 28. For the Gram column of one codeword it takes one, but SIMD's popcount is itself two look-ups on most
// processors: 7.4 ms against 8.2 ms here, at N = 2^20, d = 600, less than it takes to subtract the column from the
// scores. So pursuits take Gram columns among few codewords only.

const RADIX: f64 = 128;
/** Columns until an unsigned 16-bit lane could overflow: 255 * 256 < 2^16. */
const CHUNK: u32 = 256;
/** Scores of the block at hand: 16 doubles. The first page below the caller's data is ours. */
const SCORES: usize = 256;

/**
 * 16 doubles at `out` = RADIX * themselves, or 0 for the first plane, - bias + sums of one plane over the block that
 * starts at p.
 */
// @ts-ignore: decorator
@inline
function accumulatePlane(block: usize, columns: u32, table: usize, bias: f64, first: bool, out: usize): void {
  const nibble = i8x16.splat(15);
  let a = i32x4.splat(0), b = i32x4.splat(0), c = i32x4.splat(0), d = i32x4.splat(0);
  let p = block;
  let t = table;
  let left = columns;
  while (left) {
    const chunk = min(left, CHUNK);
    left -= chunk;
    const end = p + (<usize>chunk << 4);
    let words = i16x8.splat(0), odd = i16x8.splat(0);
    while (p < end) {
      const v = v128.load(p);
      const s = i8x16.add(
        i8x16.swizzle(v128.load(t), v128.and(v, nibble)),
        i8x16.swizzle(v128.load(t, 16), v128.and(i16x8.shr_u(v, 4), nibble)),
      );
      words = i16x8.add(words, s);
      odd = i16x8.add(odd, i16x8.shr_u(s, 8));
      p += 16;
      t += 32;
    }
    const even = i16x8.sub(words, i16x8.shl(odd, 8));
    const low = i16x8.shuffle(even, odd, 0, 8, 1, 9, 2, 10, 3, 11);
    const high = i16x8.shuffle(even, odd, 4, 12, 5, 13, 6, 14, 7, 15);
    a = i32x4.add(a, i32x4.extend_low_i16x8_u(low));
    b = i32x4.add(b, i32x4.extend_high_i16x8_u(low));
    c = i32x4.add(c, i32x4.extend_low_i16x8_u(high));
    d = i32x4.add(d, i32x4.extend_high_i16x8_u(high));
  }
  accumulateQuad(out, a, bias, first);
  accumulateQuad(out + 32, b, bias, first);
  accumulateQuad(out + 64, c, bias, first);
  accumulateQuad(out + 96, d, bias, first);
}

// @ts-ignore: decorator
@inline
function accumulateQuad(at: usize, sums: v128, bias: f64, first: bool): void {
  const offset = f64x2.splat(bias);
  const low = f64x2.sub(f64x2.convert_low_i32x4_s(sums), offset);
  const high = f64x2.sub(f64x2.convert_low_i32x4_s(i32x4.shuffle(sums, sums, 2, 3, 2, 3)), offset);
  if (first) {
    v128.store(at, low);
    v128.store(at, high, 16);
    return;
  }
  const radix = f64x2.splat(RADIX);
  v128.store(at, f64x2.add(f64x2.mul(v128.load(at), radix), low));
  v128.store(at, f64x2.add(f64x2.mul(v128.load(at, 16), radix), high), 16);
}

// @ts-ignore: decorator
@inline
function scoreBlock(block: usize, columns: u32, tables: usize, planes: u32, out: usize): void {
  const bytes: usize = 8 + (<usize>columns << 5);
  accumulatePlane(block, columns, tables + 8, load<f64>(tables), true, out);
  let t = tables;
  for (let plane: u32 = 1; plane < planes; plane++) {
    t += bytes;
    accumulatePlane(block, columns, t + 8, load<f64>(t), false, out);
  }
}

/** The score of the codeword whose first byte is at `at`, by sums (f64) over half byte columns: 32 a column. */
// @ts-ignore: decorator
@inline
function scoreLane(at: usize, columns: u32, sums: usize): f64 {
  let low: f64 = 0, high: f64 = 0;
  for (const end = at + (<usize>columns << 4); at < end; at += 16, sums += 256) {
    const byte: usize = load<u8>(at);
    low += load<f64>(sums + ((byte & 15) << 3));
    high += load<f64>(sums + ((byte >> 4) << 3), 128);
  }
  return low + high;
}

/** Scores of all codewords against `codes` vectors, 16 doubles a block, one run of `blocks` blocks a vector. */
export function correlate(
  base: usize, stride: u32, blocks: u32, columns: u32,
  tables: usize, planes: u32, codes: u32, out: usize,
): void {
  const tableBytes: usize = <usize>planes * (8 + (<usize>columns << 5));
  for (let b: u32 = 0; b < blocks; b++) {
    const block = base + <usize>b * stride;
    for (let c: u32 = 0; c < codes; c++) {
      scoreBlock(block, columns, tables + <usize>c * tableBytes, planes, out + ((<usize>c * blocks + b) << 7));
    }
  }
}

/** For each vector the first codeword of largest score: (score: f64, index: f64) pairs at `out`. */
export function argmax(
  base: usize, stride: u32, blocks: u32, columns: u32, size: u32,
  tables: usize, planes: u32, codes: u32, out: usize,
): void {
  const tableBytes: usize = <usize>planes * (8 + (<usize>columns << 5));
  for (let c: u32 = 0; c < codes; c++) store<f64>(out + (c << 4), -Infinity);
  for (let b: u32 = 0; b < blocks; b++) {
    const block = base + <usize>b * stride;
    for (let c: u32 = 0; c < codes; c++) {
      scoreBlock(block, columns, tables + <usize>c * tableBytes, planes, SCORES);
      const best = out + (c << 4);
      const bar = v128.load64_splat(best);
      let above = f64x2.gt(v128.load(SCORES), bar);
      for (let i: usize = 16; i < 128; i += 16) above = v128.or(above, f64x2.gt(v128.load(SCORES + i), bar));
      if (v128.any_true(above)) {
        const lanes = min(16, size - (b << 4));
        for (let lane: u32 = 0; lane < lanes; lane++) {
          const score = load<f64>(SCORES + (lane << 3));
          if (score > load<f64>(best)) {
            store<f64>(best, score);
            store<f64>(best, <f64>((b << 4) + lane), 8);
          }
        }
      }
    }
  }
}

/**
 * A bit a lane: whether its score at SCORES is at most the first of two doubles at `bars` or at least the second, or
 * its byte at `mark` is set.
 */
// @ts-ignore: decorator
@inline
function wantedLanes(bars: usize, mark: usize): u32 {
  const low = v128.load64_splat(bars);
  const high = v128.load64_splat(bars, 8);
  let lanes: u32 = i8x16.bitmask(v128.load(mark));
  for (let pair: u32 = 0; pair < 8; pair++) {
    const scores = v128.load(SCORES + (pair << 4));
    lanes |= i64x2.bitmask(v128.or(f64x2.ge(scores, high), f64x2.le(scores, low))) << (pair << 1);
  }
  return lanes;
}

/** Where the arguments and the results of `select` are, for `codes` vectors: see kernels/selection.ts. */
@unmanaged
class Selection {
  codes: u32;
  planes: u32;
  /** Addresses. A vector's planes of look-ups; with screens, its sums over halves of byte columns. */
  tables: usize;
  /** 0, or a plane a vector: those codewords alone are scored whose scores by that plane reach the last two bars. */
  screens: usize;
  /** Four doubles a vector: low and high, and low and high of its screen. */
  bars: usize;
  /** A byte a codeword, a run of 16·blocks a vector: whether it is wanted whatever its score. */
  wanted: usize;
  /** 0, or a byte a block, a run of `blocks` a vector: whether it is passed over. */
  closed: usize;
  /** 16 bytes a vector, of which the first four take the number of codewords found. */
  counts: usize;
  /** A run of 16·blocks a vector of each: the scores of those found (f64), and their indices (i32), ascending. */
  scores: usize;
  places: usize;
}

/** For each vector the codewords whose score is at least `high` or at most `low`, and those that are `wanted`. */
export function select(base: usize, stride: u32, blocks: u32, columns: u32, size: u32, selection: Selection): void {
  const codes = selection.codes, planes = selection.planes;
  const tables = selection.tables, screens = selection.screens, bars = selection.bars;
  const wanted = selection.wanted, closed = selection.closed;
  const counts = selection.counts, out = selection.scores, places = selection.places;
  const planeBytes: usize = 8 + (<usize>columns << 5);
  const tableBytes: usize = screens ? <usize>columns << 8 : <usize>planes * planeBytes;
  memory.fill(counts, 0, codes << 4);
  for (let b: u32 = 0; b < blocks; b++) {
    const block = base + <usize>b * stride;
    for (let c: u32 = 0; c < codes; c++) {
      const run: usize = <usize>c * blocks;
      if (closed && load<u8>(closed + run + b)) continue;
      const mark = wanted + ((run + b) << 4);
      const bar = bars + (c << 5);
      const table = tables + <usize>c * tableBytes;
      let lanes: u32;
      if (screens) {
        scoreBlock(block, columns, screens + <usize>c * planeBytes, 1, SCORES);
        const passing = wantedLanes(bar + 16, mark);
        if (!passing) continue;
        for (let some = passing; some; some &= some - 1) {
          const lane: usize = ctz(some);
          store<f64>(SCORES + (lane << 3), scoreLane(block + lane, columns, table));
        }
        lanes = wantedLanes(bar, mark) & passing;
      } else {
        scoreBlock(block, columns, table, planes, SCORES);
        lanes = wantedLanes(bar, mark);
      }
      if ((b << 4) + 16 > size) lanes &= (1 << (size & 15)) - 1;
      if (!lanes) continue;
      let count = load<u32>(counts + (c << 4));
      for (; lanes; lanes &= lanes - 1) {
        const lane = ctz(lanes);
        const at = (run << 4) + count++;
        store<f64>(out + (at << 3), load<f64>(SCORES + (lane << 3)));
        store<u32>(places + (at << 2), (b << 4) + lane);
      }
      store<u32>(counts + (c << 4), count);
    }
  }
}
