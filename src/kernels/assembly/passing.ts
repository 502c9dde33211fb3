// Steps of approximate message passing with the posterior mean of a Bernoulli prior, all of a step in one call: on few
// codewords the products take less time than what stands between them. The arithmetic is that of the decoders' message
// passing, operation by operation.
import { combine } from "./combine";
import { logistic } from "./exp";

/** As in codes/quantised.ts and in kernels/tables.ts. */
const LATTICE_TOLERANCE: f64 = 1e-9;
const NOTHING: f64 = 1e-11;
const LARGEST_COLUMN: f64 = 127;
/** As in bounds/noiseless.ts. */
const NOISELESS: f64 = 1e-12;
/** Scratch in the first page, as in correlate.ts. */
const SUMS: usize = 256;

/** Sum of magnitudes of the widest byte column of `v`, d doubles. */
function widest(v: usize, d: u32): f64 {
  let most: f64 = 0;
  for (let j: u32 = 0; j < d; j += 8) {
    let sum: f64 = 0;
    for (let i = j; i < min(j + 8, d); i++) sum += abs(load<f64>(v + (i << 3)));
    if (sum > most) most = sum;
  }
  return most;
}

// @ts-ignore: decorator
@inline
function round(x: f64): f64 {
  const up = ceil(x);
  return up - <f64>(up - 0.5 > x);
}

/**
 * Round the d doubles at `v`, times √d, to integers that one plane holds, at `entries` (zeros behind, to a whole
 * column). Returns what a score in integers is to be divided by.
 */
function quantise(v: usize, d: u32, norm: f64, entries: usize): f64 {
  let integral = true;
  let largest: f64 = 0;
  for (let j: u32 = 0; j < d; j++) {
    const scaled = load<f64>(v + (j << 3)) * norm;
    if (!(abs(scaled - round(scaled)) <= LATTICE_TOLERANCE)) integral = false;
    if (abs(scaled) > largest) largest = abs(scaled);
    store<f64>(entries + (j << 3), scaled);
  }
  for (let j = d; j & 7; j++) store<f64>(entries + (j << 3), 0);
  const width = widest(entries, d);
  let unit: f64 = 1;
  if (!(integral && (largest >= 0.5 || largest <= NOTHING) && width < LARGEST_COLUMN + 0.5))
    unit = width / (LARGEST_COLUMN - 4);
  for (let j: u32 = 0; j < d; j++) store<f64>(entries + (j << 3), round(load<f64>(entries + (j << 3)) / unit));
  return <f64>d / unit;
}

/**
 * Look-ups of the integers at `entries`, 8 doubles a column, as kernels/tables.ts has them: 32 bytes a column. Returns
 * the sum of the biases.
 */
function writeTables(entries: usize, columns: u32, tables: usize): f64 {
  let total: i32 = 0;
  for (let nibble: u32 = 0; nibble < columns << 1; nibble++) {
    const from = entries + (<usize>nibble << 5);
    const a = <i32>load<f64>(from), b = <i32>load<f64>(from, 8);
    const c = <i32>load<f64>(from, 16), d = <i32>load<f64>(from, 24);
    const bias = abs(a) + abs(b) + abs(c) + abs(d);
    total += bias;
    const ones = i8x16(1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1);
    const twos = i8x16(1, 1, -1, -1, 1, 1, -1, -1, 1, 1, -1, -1, 1, 1, -1, -1);
    const fours = i8x16(1, 1, 1, 1, -1, -1, -1, -1, 1, 1, 1, 1, -1, -1, -1, -1);
    const eights = i8x16(1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1, -1);
    v128.store(tables + (<usize>nibble << 4), i8x16.add(
      i8x16.add(i8x16.add(signed(a, ones), signed(b, twos)), i8x16.add(signed(c, fours), signed(d, eights))),
      i8x16.splat(<i8>bias),
    ));
  }
  return <f64>total;
}

/** x in the lanes that are 1, −x in those that are −1. */
// @ts-ignore: decorator
@inline
function signed(x: i32, signs: v128): v128 {
  const minus = i8x16.lt_s(signs, i8x16.splat(0));
  return i8x16.sub(v128.xor(i8x16.splat(<i8>x), minus), minus);
}

/** Where the arguments and the results of `passMessages` are: see kernels/passing.ts. */
@unmanaged
class Passing {
  variance: f64;
  slope: f64;
  /** ln((N − k)/k), what a posterior mean is lowered by, and its log odds and that of the prior together. */
  odds: f64;
  dropped: f64;
  least: f64;
  norm: f64;
  count: u32;
  pinned: u32;
  steps: u32;
  d: u32;
  /** Addresses: X and z, d doubles each; pinned codewords; y before and after a step, indices and values; scratch. */
  code: usize;
  residual: usize;
  pins: usize;
  indices: usize;
  values: usize;
  nextIndices: usize;
  nextValues: usize;
  starts: usize;
  entries: usize;
  tables: usize;
  explained: usize;
}

export function passMessages(base: usize, stride: u32, blocks: u32, columns: u32, size: u32, state: Passing): void {
  for (let t: u32 = 0; t < state.steps; t++) step(base, stride, blocks, columns, size, state);
}

function step(base: usize, stride: u32, blocks: u32, columns: u32, size: u32, state: Passing): void {
  const d = state.d;
  const variance = state.variance;
  const unit = quantise(state.residual, d, state.norm, state.entries);
  const bias = writeTables(state.entries, columns, state.tables);
  const high = 0.5 + variance * state.least;
  // Sums are integers: at least the bar is at least its ceiling.
  const bar = i16x8.splat(<i16><i32>max(0, min(65535, bias + ceil(high * unit - 1))));
  const indices: usize = state.indices, values: usize = state.values;
  const nextIndices: usize = state.nextIndices, nextValues: usize = state.nextValues;
  const starts: usize = state.starts;
  let slope: f64 = 0;
  let count: u32 = 0;
  let known: u32 = 0;
  for (let b: u32 = 0; b < blocks; b++) {
    const block = base + <usize>b * stride;
    const sums = SUMS + ((b & 1) << 5);
    if (!(b & 1)) sumBlocks(block, b + 1 < blocks ? block + stride : block, columns, state.tables);
    // A bit a lane: whether its score is wanted.
    let lanes: u32 = i8x16.bitmask(
      i8x16.narrow_i16x8_s(i16x8.ge_u(v128.load(sums), bar), i16x8.ge_u(v128.load(sums, 16), bar)),
    );
    if ((b << 4) + 16 > size) lanes &= (1 << (size & 15)) - 1;
    const first = known;
    while (known < state.count && load<u32>(indices + (known << 2)) >> 4 === b) {
      lanes |= 1 << (load<u32>(indices + (known++ << 2)) & 15);
    }
    let at = first;
    for (; lanes; lanes &= lanes - 1) {
      const lane = ctz(lanes);
      const i = (b << 4) + lane;
      let r = (<f64>load<u16>(sums + (lane << 1)) - bias) / unit;
      if (at < known && load<u32>(indices + (at << 2)) === i) r += load<f64>(values + (at++ << 3));
      if (r <= high || isPinned(state, i)) continue;
      const value = logistic((r - 0.5) / variance - state.odds) - state.dropped;
      slope += (value + state.dropped) * (1 - value - state.dropped);
      store<u32>(nextIndices + (count << 2), i);
      store<f64>(nextValues + (count << 3), value);
      store<u32>(starts + (count << 2), <u32>b * stride + lane);
      count++;
    }
  }
  state.slope = slope / variance;
  state.count = count;
  state.indices = nextIndices;
  state.values = nextValues;
  state.nextIndices = indices;
  state.nextValues = values;
  combine(base, columns, starts, nextValues, count, state.explained);
  const memory = state.slope / <f64>d;
  let energy: f64 = 0;
  for (let j: usize = 0; j < <usize>d << 3; j += 8) {
    const z = load<f64>(state.code + j) - load<f64>(state.explained + j) / state.norm +
      memory * load<f64>(state.residual + j);
    store<f64>(state.residual + j, z);
    energy += z * z;
  }
  state.variance = max(NOISELESS, energy / <f64>d);
}

/** Unsigned 16-bit sums, 255 columns at most, of the 16 codewords at `p` and the 16 at `q`, in their order, at SUMS. */
function sumBlocks(p: usize, q: usize, columns: u32, tables: usize): void {
  const nibble = i8x16.splat(15);
  const end = tables + (<usize>columns << 5);
  let wordsP = i16x8.splat(0), oddP = i16x8.splat(0), wordsQ = i16x8.splat(0), oddQ = i16x8.splat(0);
  for (let t = tables; t < end; t += 32, p += 16, q += 16) {
    const low = v128.load(t), high = v128.load(t, 16);
    const atP = v128.load(p), atQ = v128.load(q);
    const inP = i8x16.add(
      i8x16.swizzle(low, v128.and(atP, nibble)),
      i8x16.swizzle(high, v128.and(i16x8.shr_u(atP, 4), nibble)),
    );
    const inQ = i8x16.add(
      i8x16.swizzle(low, v128.and(atQ, nibble)),
      i8x16.swizzle(high, v128.and(i16x8.shr_u(atQ, 4), nibble)),
    );
    wordsP = i16x8.add(wordsP, inP);
    oddP = i16x8.add(oddP, i16x8.shr_u(inP, 8));
    wordsQ = i16x8.add(wordsQ, inQ);
    oddQ = i16x8.add(oddQ, i16x8.shr_u(inQ, 8));
  }
  ordered(wordsP, oddP, SUMS);
  ordered(wordsQ, oddQ, SUMS + 32);
}

// @ts-ignore: decorator
@inline
function ordered(words: v128, odd: v128, sums: usize): void {
  const even = i16x8.sub(words, i16x8.shl(odd, 8));
  v128.store(sums, i16x8.shuffle(even, odd, 0, 8, 1, 9, 2, 10, 3, 11));
  v128.store(sums, i16x8.shuffle(even, odd, 4, 12, 5, 13, 6, 14, 7, 15), 16);
}

function isPinned(state: Passing, i: u32): bool {
  for (let m: u32 = 0; m < state.pinned; m++) if (load<u32>(state.pins + (m << 2)) === i) return true;
  return false;
}
