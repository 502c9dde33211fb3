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

/** The codewords' first d signs one after the other, in ⌈d/64⌉ 64-bit words each at `out`; no bit is set past d. */
export function rows(base: usize, stride: u32, d: u32, size: u32, out: usize): void {
  const bytes = <usize>((d + 63) >> 6) << 3;
  memory.fill(out, 0, bytes * <usize>size);
  const columns = (d + 7) >> 3;
  const mask: u32 = d & 7 ? (1 << (d & 7)) - 1 : 255;
  for (let i: u32 = 0; i < size; i++, out += bytes) {
    let p = base + <usize>(i >> 4) * stride + (i & 15);
    for (let column: u32 = 0; column < columns; column++, p += 16) store<u8>(out + column, load<u8>(p));
    const last = out + columns - 1;
    store<u8>(last, load<u8>(last) & mask);
  }
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
