// What the products of float32 rows have in common.

/** Bytes of a coordinate of a block: 8 floats. */
export const STEP: usize = 32;

/**
 * Inner products of the 8 rows of a block with 4 vectors over `run` coordinates, summed in floats; then added to
 * those at `sums`, 8 numbers of type Sum (f64 or f32) a vector, or put there where they are the first.
 *
 * @param p the block, from its first coordinate on
 * @param v the vectors: 4 entries of each coordinate together
 */
export function tile<Sum>(p: usize, run: usize, v: usize, sums: usize, first: bool): void {
  let a = f32x4.splat(0), b = a, c = a, e = a, f = a, g = a, h = a, i = a;
  for (const end = p + run * STEP; p < end; p += STEP, v += 16) {
    const low = v128.load(p);
    const high = v128.load(p, 16);
    const w = v128.load32_splat(v);
    a = f32x4.add(a, f32x4.mul(w, low));
    b = f32x4.add(b, f32x4.mul(w, high));
    const x = v128.load32_splat(v, 4);
    c = f32x4.add(c, f32x4.mul(x, low));
    e = f32x4.add(e, f32x4.mul(x, high));
    const y = v128.load32_splat(v, 8);
    f = f32x4.add(f, f32x4.mul(y, low));
    g = f32x4.add(g, f32x4.mul(y, high));
    const z = v128.load32_splat(v, 12);
    h = f32x4.add(h, f32x4.mul(z, low));
    i = f32x4.add(i, f32x4.mul(z, high));
  }
  keep<Sum>(a, sums, 0, first);
  keep<Sum>(b, sums, 1, first);
  keep<Sum>(c, sums, 2, first);
  keep<Sum>(e, sums, 3, first);
  keep<Sum>(f, sums, 4, first);
  keep<Sum>(g, sums, 5, first);
  keep<Sum>(h, sums, 6, first);
  keep<Sum>(i, sums, 7, first);
}

// @ts-ignore: decorator
@inline
function keep<Sum>(sum: v128, sums: usize, n: usize, first: bool): void {
  const at = sums + n * 4 * sizeof<Sum>();
  if (sizeof<Sum>() == 8) flush(sum, at, first);
  else v128.store(at, first ? sum : f32x4.add(v128.load(at), sum));
}

/** Add 4 floats to the doubles at `out`, or put them there. */
// @ts-ignore: decorator
@inline
export function flush(sums: v128, out: usize, first: bool): void {
  const low = f64x2.promote_low_f32x4(sums);
  const high = f64x2.promote_low_f32x4(i32x4.shuffle(sums, sums, 2, 3, 2, 3));
  if (first) {
    v128.store(out, low);
    v128.store(out, high, 16);
  } else {
    v128.store(out, f64x2.add(v128.load(out), low));
    v128.store(out, f64x2.add(v128.load(out, 16), high), 16);
  }
}
