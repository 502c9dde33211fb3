// The nearest rows of float32 rows; layout and callers as in float32.ts.
// Rows are rounded to 16-bit integers, whose products take a third of the time. They rule out nearly all pairs; what
// they leave open is multiplied in floats.
import { STEP } from "./float32-tile";

/** The norm that rows have as integers: no entry is beyond 16 bits, and no product of two rows beyond 32. */
const NORM: f32 = 32000;

/** Coordinates whose products are summed before the sums are. */
const RUN: usize = 64;

/** Added to a float of at most 16 bits, this rounds it to an integer, which then is in its lower half. */
const ROUND: f32 = 0xc00000;

// What the table has of every row, in runs of 8·(blocks of the store) numbers of 32 bits.
/** The largest |⟨i, j⟩|·scale_i·scale_j so far. */
const COSINE: usize = 0;
/** Which row it is with. */
const COSINE_ROW: usize = 1;
/** The largest ⟨i, j⟩ so far. */
const PRODUCT: usize = 2;
/** Which row it is with. */
const PRODUCT_ROW: usize = 3;
/** What makes the row unit, or 0 where it is left out. */
const SCALE: usize = 4;
/** 1/‖row‖. */
const INVERSE: usize = 5;
/** The |product| of integers, i32, that pairs of a larger cosine are beyond. */
const COSINE_BAR: usize = 6;
/** The largest ⟨i, j⟩/‖i‖ so far, in units of the integers. */
const PRODUCT_BAR: usize = 7;

/**
 * Largest |⟨i, j⟩|·scale_i·scale_j and largest ⟨i, j⟩ over the other rows seen, and which row it was, the lowest among
 * equals, for the rows i of the blocks [block, end) and the 4·groups rows j of a panel; both sides are brought up to
 * date.
 *
 * @param base the store
 * @param rows the indices of the panel's rows, i32, −1 where there is none
 * @param run bytes of a run of the table
 * @param slack how far the product of two rows as integers may be from what is to be ruled out
 * @param panel scratch: 16·⌈d/2⌉ bytes a group for its rows as integers and twice that as floats, 32·⌈d/2⌉ for a block,
 * and 128
 */
export function nearest(
  base: usize, d: usize, size: i32, block: usize, end: usize, rows: usize, groups: usize, table: usize, run: usize,
  slack: f64, panel: usize,
): void {
  const pairs = (d + 1) >> 1;
  const group = pairs << 4;
  const integers = panel + groups * group;
  const sums = integers + pairs * STEP;
  const floats = sums + 128;
  for (let c: usize = 0; c < groups << 2; c++) {
    const row = load<i32>(rows + (c << 2));
    if (row < 0) continue;
    const to = floats + c * (d << 2);
    copyRow(base + (<usize>row >> 3) * d * STEP + ((<usize>row & 7) << 2), d, to);
    const inverse = load<f32>(table + INVERSE * run + (<usize>row << 2));
    packRow(to, d, NORM * inverse, panel + (c >> 2) * group + ((c & 3) << 2));
  }
  for (; block < end; block++) {
    const at = base + block * d * STEP;
    packBlock(at, d, table + INVERSE * run + (block << 5), integers);
    for (let n: usize = 0; n < groups; n++) {
      tile(integers, sums, panel + n * group, sums);
      for (let c: usize = 0; c < 4; c++) {
        const row = load<i32>(rows + (((n << 2) + c) << 2));
        if (row < 0 || !isOpen(sums + (c << 5), block << 5, <usize>row << 2, table, run, <f32>slack)) continue;
        multiply(at, d, floats + ((n << 2) + c) * (d << 2), sums + (c << 5));
        update(sums + (c << 5), block, row, size, table, run, slack);
      }
    }
  }
}

/** The floats of a row, one after the other. */
function copyRow(from: usize, d: usize, to: usize): void {
  for (const end = to + (d << 2); to < end; from += STEP, to += 4) store<f32>(to, load<f32>(from));
}

/** A row of floats as integers, two coordinates together, every 16 bytes. */
function packRow(from: usize, d: usize, scale: f32, to: usize): void {
  for (let j: usize = 0; j < d; j += 2, from += 8, to += 16) {
    const first = reinterpret<i32>(load<f32>(from) * scale + ROUND);
    const second = j + 1 < d ? reinterpret<i32>(load<f32>(from, 4) * scale + ROUND) : 0;
    store<i32>(to, (first & 0xffff) | (second << 16));
  }
}

/** The rows of a block as integers: for two coordinates together 8 pairs, one a row. */
function packBlock(at: usize, d: usize, inverses: usize, to: usize): void {
  const norm = f32x4.splat(NORM);
  const low = f32x4.mul(norm, v128.load(inverses));
  const high = f32x4.mul(norm, v128.load(inverses, 16));
  for (let j: usize = 0; j < d; j += 2, at += 2 * STEP, to += STEP) {
    const last = j + 1 == d;
    v128.store(to, together(at, low, last));
    v128.store(to, together(at + 16, high, last), 16);
  }
}

// @ts-ignore: decorator
@inline
function together(at: usize, scales: v128, last: bool): v128 {
  const round = f32x4.splat(ROUND);
  const first = v128.and(f32x4.add(f32x4.mul(v128.load(at), scales), round), i32x4.splat(0xffff));
  if (last) return first;
  return v128.or(first, i32x4.shl(f32x4.add(f32x4.mul(v128.load(at, STEP), scales), round), 16));
}

/** Products of the 8 rows of a block from `p` to `end` with 4 rows of the panel: 8 integers a row of the panel. */
function tile(p: usize, end: usize, v: usize, sums: usize): void {
  let a = i32x4.splat(0), b = a, c = a, e = a, f = a, g = a, h = a, i = a;
  for (; p < end; p += STEP, v += 16) {
    const low = v128.load(p);
    const high = v128.load(p, 16);
    const w = v128.load32_splat(v);
    a = i32x4.add(a, i32x4.dot_i16x8_s(w, low));
    b = i32x4.add(b, i32x4.dot_i16x8_s(w, high));
    const x = v128.load32_splat(v, 4);
    c = i32x4.add(c, i32x4.dot_i16x8_s(x, low));
    e = i32x4.add(e, i32x4.dot_i16x8_s(x, high));
    const y = v128.load32_splat(v, 8);
    f = i32x4.add(f, i32x4.dot_i16x8_s(y, low));
    g = i32x4.add(g, i32x4.dot_i16x8_s(y, high));
    const z = v128.load32_splat(v, 12);
    h = i32x4.add(h, i32x4.dot_i16x8_s(z, low));
    i = i32x4.add(i, i32x4.dot_i16x8_s(z, high));
  }
  v128.store(sums, a);
  v128.store(sums, b, 16);
  v128.store(sums, c, 32);
  v128.store(sums, e, 48);
  v128.store(sums, f, 64);
  v128.store(sums, g, 80);
  v128.store(sums, h, 96);
  v128.store(sums, i, 112);
}

/** Whether one of a block's products of integers with a row may belong to a pair that is the nearest on either side. */
// @ts-ignore: decorator
@inline
function isOpen(sums: usize, at: usize, row: usize, table: usize, run: usize, slack: f32): bool {
  const low = v128.load(sums);
  const high = v128.load(sums, 16);
  const bars = table + COSINE_BAR * run;
  const bar = v128.load32_splat(bars + row);
  const cosines = v128.or(
    i32x4.gt_s(i32x4.abs(low), i32x4.min_s(bar, v128.load(bars + at))),
    i32x4.gt_s(i32x4.abs(high), i32x4.min_s(bar, v128.load(bars + at, 16))),
  );
  const products = v128.or(isHigher(low, at, row, table, run, slack), isHigher(high, at + 16, row, table, run, slack));
  return v128.any_true(v128.or(cosines, products));
}

// @ts-ignore: decorator
@inline
function isHigher(sums: v128, at: usize, row: usize, table: usize, run: usize, slack: f32): v128 {
  const inverses = table + INVERSE * run;
  const bars = table + PRODUCT_BAR * run;
  const most = f32x4.add(f32x4.convert_i32x4_s(sums), f32x4.splat(slack));
  return v128.or(
    f32x4.gt(most, f32x4.mul(v128.load32_splat(bars + row), v128.load(inverses + at))),
    f32x4.gt(most, f32x4.mul(v128.load(bars + at), v128.load32_splat(inverses + row))),
  );
}

/** Products of the 8 rows of a block with one row of floats, in floats; two runs at a time, which do not wait. */
function multiply(p: usize, d: usize, row: usize, sums: usize): void {
  let low = f32x4.splat(0), high = low;
  for (let j: usize = 0; j < d; j += 2 * RUN, p += RUN * STEP, row += RUN << 2) {
    let a = f32x4.splat(0), b = a, c = a, e = a;
    const both = p + (d > j + RUN ? min(RUN, d - j - RUN) : 0) * STEP;
    const end = p + min(RUN, d - j) * STEP;
    for (; p < both; p += STEP, row += 4) {
      const w = v128.load32_splat(row);
      a = f32x4.add(a, f32x4.mul(w, v128.load(p)));
      b = f32x4.add(b, f32x4.mul(w, v128.load(p, 16)));
      const x = v128.load32_splat(row, RUN << 2);
      c = f32x4.add(c, f32x4.mul(x, v128.load(p, RUN * STEP)));
      e = f32x4.add(e, f32x4.mul(x, v128.load(p, RUN * STEP + 16)));
    }
    for (; p < end; p += STEP, row += 4) {
      const w = v128.load32_splat(row);
      a = f32x4.add(a, f32x4.mul(w, v128.load(p)));
      b = f32x4.add(b, f32x4.mul(w, v128.load(p, 16)));
    }
    low = j == 0 ? a : f32x4.add(low, a);
    high = j == 0 ? b : f32x4.add(high, b);
    if (d <= j + RUN) break;
    low = f32x4.add(low, c);
    high = f32x4.add(high, e);
  }
  v128.store(sums, low);
  v128.store(sums, high, 16);
}

/** The products of 8 rows with one, at `sums`, against what is the largest so far on either side. */
function update(sums: usize, block: usize, row: i32, size: i32, table: usize, run: usize, slack: f64): void {
  const scales = table + SCALE * run;
  const scale = load<f32>(scales + (<usize>row << 2));
  for (let lane: usize = 0; lane < 8; lane++) {
    const other = <i32>(block << 3) + <i32>lane;
    if (other == row || other >= size) continue;
    const product = load<f32>(sums + (lane << 2));
    const cosine = abs<f32>(product) * (scale * load<f32>(scales + (<usize>other << 2)));
    keep(table, run, row, other, cosine, product, slack);
    keep(table, run, other, row, cosine, product, slack);
  }
}

function keep(table: usize, run: usize, row: i32, other: i32, cosine: f32, product: f32, slack: f64): void {
  const at = table + (<usize>row << 2);
  const square = <f64>NORM * <f64>NORM;
  if (isLarger(at + COSINE * run, at + COSINE_ROW * run, cosine, other)) {
    const bar = square * <f64>cosine - slack;
    store<i32>(at + COSINE_BAR * run, bar > -1 ? <i32>bar : -1);
  }
  if (isLarger(at + PRODUCT * run, at + PRODUCT_ROW * run, product, other)) {
    store<f32>(at + PRODUCT_BAR * run, <f32>(square * <f64>product * <f64>load<f32>(at + INVERSE * run)));
  }
}

/** Whether the value is larger than that at `at`, or equal and of a lower row; it then is put there. */
// @ts-ignore: decorator
@inline
function isLarger(at: usize, rowAt: usize, value: f32, row: i32): bool {
  const old = load<f32>(at);
  if (!(value > old || (value == old && row < load<i32>(rowAt)))) return false;
  store<f32>(at, value);
  store<i32>(rowAt, row);
  return true;
}
