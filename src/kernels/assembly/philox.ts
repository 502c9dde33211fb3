// Philox4x32-10: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011).

const M0: u64 = 0xd2511f53;
const M1: u64 = 0xcd9e8d57;
const W0: u32 = 0x9e3779b9;
const W1: u32 = 0xbb67ae85;
/** Counters at a time. */
const LANES: u32 = 8;

/** Fill `blocks` blocks of `columns` byte columns; 16 bytes come from the counter (block, column, 0, 0). */
export function generate(base: usize, blocks: u32, columns: u32, key0: u32, key1: u32): void {
  const whole = columns - columns % LANES;
  let p = base;
  for (let block: u32 = 0; block < blocks; block++) {
    let column: u32 = 0;
    for (; column < whole; column += LANES, p += 16 * LANES) eight(p, block, column, key0, key1);
    for (; column < columns; column++, p += 16) one(p, block, column, key0, key1);
  }
}

// @ts-ignore: decorator
@inline
function one(p: usize, block: u32, column: u32, key0: u32, key1: u32): void {
  let c0 = block, c1 = column, c2: u32 = 0, c3: u32 = 0, k0 = key0, k1 = key1;
  for (let round = 0; round < 10; round++) {
    const a = M0 * <u64>c0;
    const b = M1 * <u64>c2;
    c0 = <u32>(b >> 32) ^ c1 ^ k0;
    c1 = <u32>b;
    c2 = <u32>(a >> 32) ^ c3 ^ k1;
    c3 = <u32>a;
    k0 += W0;
    k1 += W1;
  }
  store<u32>(p, c0);
  store<u32>(p, c1, 4);
  store<u32>(p, c2, 8);
  store<u32>(p, c3, 12);
}

/** The bytes of columns `column` to `column + 7`: two chains of products at a time hide their latency. */
// @ts-ignore: decorator
@inline
function eight(p: usize, block: u32, column: u32, key0: u32, key1: u32): void {
  const m0 = i32x4.splat(<i32>M0), m1 = i32x4.splat(<i32>M1);
  let c0 = i32x4.splat(block), c1 = i32x4.add(i32x4.splat(column), i32x4(0, 1, 2, 3));
  let c2 = i32x4.splat(0), c3 = c2;
  let d0 = c0, d1 = i32x4.add(c1, i32x4.splat(4)), d2 = c2, d3 = c2;
  let k0 = key0, k1 = key1;
  for (let round = 0; round < 10; round++) {
    const key0s = i32x4.splat(k0), key1s = i32x4.splat(k1);
    let a = i64x2.extmul_low_i32x4_u(c0, m0), aa = i64x2.extmul_high_i32x4_u(c0, m0);
    let b = i64x2.extmul_low_i32x4_u(c2, m1), bb = i64x2.extmul_high_i32x4_u(c2, m1);
    c0 = v128.xor(v128.xor(v128.shuffle<i32>(b, bb, 1, 3, 5, 7), c1), key0s);
    c1 = v128.shuffle<i32>(b, bb, 0, 2, 4, 6);
    c2 = v128.xor(v128.xor(v128.shuffle<i32>(a, aa, 1, 3, 5, 7), c3), key1s);
    c3 = v128.shuffle<i32>(a, aa, 0, 2, 4, 6);
    a = i64x2.extmul_low_i32x4_u(d0, m0), aa = i64x2.extmul_high_i32x4_u(d0, m0);
    b = i64x2.extmul_low_i32x4_u(d2, m1), bb = i64x2.extmul_high_i32x4_u(d2, m1);
    d0 = v128.xor(v128.xor(v128.shuffle<i32>(b, bb, 1, 3, 5, 7), d1), key0s);
    d1 = v128.shuffle<i32>(b, bb, 0, 2, 4, 6);
    d2 = v128.xor(v128.xor(v128.shuffle<i32>(a, aa, 1, 3, 5, 7), d3), key1s);
    d3 = v128.shuffle<i32>(a, aa, 0, 2, 4, 6);
    k0 += W0;
    k1 += W1;
  }
  interleave(p, c0, c1, c2, c3);
  interleave(p + 64, d0, d1, d2, d3);
}

/** Write four counters, one a lane, one after the other. */
// @ts-ignore: decorator
@inline
function interleave(p: usize, c0: v128, c1: v128, c2: v128, c3: v128): void {
  const low01 = v128.shuffle<i32>(c0, c1, 0, 4, 1, 5), low23 = v128.shuffle<i32>(c2, c3, 0, 4, 1, 5);
  const high01 = v128.shuffle<i32>(c0, c1, 2, 6, 3, 7), high23 = v128.shuffle<i32>(c2, c3, 2, 6, 3, 7);
  v128.store(p, v128.shuffle<i64>(low01, low23, 0, 2));
  v128.store(p, v128.shuffle<i64>(low01, low23, 1, 3), 16);
  v128.store(p, v128.shuffle<i64>(high01, high23, 0, 2), 32);
  v128.store(p, v128.shuffle<i64>(high01, high23, 1, 3), 48);
}
