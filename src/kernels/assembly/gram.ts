// Products of few codewords with one another. XOR and popcount on 64-bit words, one instruction each where SIMD's
// popcount is two look-ups.

/** By coordinate the sum of the signs of all codewords: 8·columns 32-bit integers at `out`, meaningless past d. */
export function total(base: usize, stride: u32, columns: u32, size: u32, out: usize): void {
  for (let column: u32 = 0; column < columns; column++, out += 32) {
    let a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0;
    let p = base + (<usize>column << 4);
    for (let from: u32 = 0; from < size; from += 16, p += stride) {
      const lanes: i32 = size - from < 16 ? (1 << (size - from)) - 1 : 0xffff;
      const v = v128.load(p);
      a += popcnt<i32>(i8x16.bitmask(i8x16.shl(v, 7)) & lanes);
      b += popcnt<i32>(i8x16.bitmask(i8x16.shl(v, 6)) & lanes);
      c += popcnt<i32>(i8x16.bitmask(i8x16.shl(v, 5)) & lanes);
      d += popcnt<i32>(i8x16.bitmask(i8x16.shl(v, 4)) & lanes);
      e += popcnt<i32>(i8x16.bitmask(i8x16.shl(v, 3)) & lanes);
      f += popcnt<i32>(i8x16.bitmask(i8x16.shl(v, 2)) & lanes);
      g += popcnt<i32>(i8x16.bitmask(i8x16.shl(v, 1)) & lanes);
      h += popcnt<i32>(i8x16.bitmask(v) & lanes);
    }
    store<i32>(out, size - 2 * a, 0);
    store<i32>(out, size - 2 * b, 4);
    store<i32>(out, size - 2 * c, 8);
    store<i32>(out, size - 2 * d, 12);
    store<i32>(out, size - 2 * e, 16);
    store<i32>(out, size - 2 * f, 20);
    store<i32>(out, size - 2 * g, 24);
    store<i32>(out, size - 2 * h, 28);
  }
}

/** 16 words of 64 bits, in the first page, as the other kernels' scratch is (correlate.ts, combine.ts). */
const WORDS: usize = 512;

/**
 * The codewords' first d signs one after the other, in ⌈d/64⌉ 64-bit words each at `out`; no bit is set past d. A word
 * of each of 16 codewords at a time: byte by byte takes several times as long.
 */
export function rows(base: usize, stride: u32, d: u32, size: u32, out: usize): void {
  const words = (d + 63) >> 6;
  for (let from: u32 = 0; from < size; from += 16, base += stride) {
    const count = min<u32>(16, size - from);
    for (let word: u32 = 0; word < words; word++) {
      writeWords(base + (<usize>word << 7), d - (word << 6));
      let to = out + (<usize>word << 3);
      for (let i: u32 = 0; i < count; i++, to += <usize>words << 3) store<u64>(to, load<u64>(WORDS + (<usize>i << 3)));
    }
    out += <usize>(words * count) << 3;
  }
}

/** At WORDS the first min(d, 64) signs of the 16 codewords whose byte columns begin at p. */
function writeWords(p: usize, d: i32): void {
  const a = column(p, d), b = column(p + 16, d - 8), c = column(p + 32, d - 16), e = column(p + 48, d - 24);
  writeHalves(WORDS, a, b, c, e);
  const f = column(p + 64, d - 32), g = column(p + 80, d - 40), h = column(p + 96, d - 48), i = column(p + 112, d - 56);
  writeHalves(WORDS + 4, f, g, h, i);
}

/** The byte column at p, with its first d bits: none is read where there are none. */
// @ts-ignore: decorator
@inline
function column(p: usize, d: i32): v128 {
  if (d <= 0) return i8x16.splat(0);
  const all = v128.load(p);
  return d < 8 ? v128.and(all, i8x16.splat(<i8>((<i32>1 << d) - 1))) : all;
}

/** The bytes of four columns, codeword by codeword: 32 bits of each, 8 bytes apart. */
// @ts-ignore: decorator
@inline
function writeHalves(at: usize, a: v128, b: v128, c: v128, d: v128): void {
  const low01 = zipped(a, b, false), low23 = zipped(c, d, false);
  const high01 = zipped(a, b, true), high23 = zipped(c, d, true);
  writeLanes(at, i16x8.shuffle(low01, low23, 0, 8, 1, 9, 2, 10, 3, 11));
  writeLanes(at + 32, i16x8.shuffle(low01, low23, 4, 12, 5, 13, 6, 14, 7, 15));
  writeLanes(at + 64, i16x8.shuffle(high01, high23, 0, 8, 1, 9, 2, 10, 3, 11));
  writeLanes(at + 96, i16x8.shuffle(high01, high23, 4, 12, 5, 13, 6, 14, 7, 15));
}

/** Bytes of a and b in turns: of their first eight, or their last. */
// @ts-ignore: decorator
@inline
function zipped(a: v128, b: v128, last: bool): v128 {
  return last
    ? i8x16.shuffle(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)
    : i8x16.shuffle(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

// @ts-ignore: decorator
@inline
function writeLanes(at: usize, v: v128): void {
  v128.store32_lane(at, v, 0);
  v128.store32_lane(at + 8, v, 1);
  v128.store32_lane(at + 16, v, 2);
  v128.store32_lane(at + 24, v, 3);
}

/**
 * The size × size inner products of the codewords' first d signs, 32-bit integers at `out`; their rows are laid out at
 * `packed`.
 */
export function gram(base: usize, stride: u32, d: u32, size: u32, packed: usize, out: usize): void {
  rows(base, stride, d, size, packed);
  const bytes = <usize>((d + 63) >> 6) << 3;
  for (let i: u32 = 0; i < size; i++) {
    const a = packed + <usize>i * bytes;
    for (let j: u32 = 0; j <= i; j++) {
      const b = packed + <usize>j * bytes;
      let differing: u64 = 0;
      for (let at: usize = 0; at < bytes; at += 8) differing += popcnt<u64>(load<u64>(a + at) ^ load<u64>(b + at));
      const product = <i32>d - 2 * <i32>differing;
      store<i32>(out + ((<usize>i * size + j) << 2), product);
      store<i32>(out + ((<usize>j * size + i) << 2), product);
    }
  }
}
