// Scores of float32 rows.
// At most 8 vector accumulators and one coordinate a step: with more V8 keeps some of them in memory, and unrolled
// loops are slower.
import { flush, STEP, tile } from "./float32-tile";

// @ts-ignore: decorator
@inline
function two(at: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(at));
}

/**
 * Scores of `blocks` blocks from `at` on with one vector of d doubles, summed in doubles in the order of coordinates:
 * 8 doubles a block.
 */
export function scores64(at: usize, d: usize, blocks: usize, vector: usize, out: usize): void {
  const block = d * STEP;
  const end = vector + (d << 3);
  for (; blocks > 1; blocks -= 2, at += 2 * block, out += 128) {
    let a = f64x2.splat(0), b = a, c = a, e = a, f = a, g = a, h = a, i = a;
    for (let p = at, q = at + block, v = vector; v < end; p += STEP, q += STEP, v += 8) {
      const w = v128.load64_splat(v);
      a = f64x2.add(a, f64x2.mul(w, two(p)));
      b = f64x2.add(b, f64x2.mul(w, two(p + 8)));
      c = f64x2.add(c, f64x2.mul(w, two(p + 16)));
      e = f64x2.add(e, f64x2.mul(w, two(p + 24)));
      f = f64x2.add(f, f64x2.mul(w, two(q)));
      g = f64x2.add(g, f64x2.mul(w, two(q + 8)));
      h = f64x2.add(h, f64x2.mul(w, two(q + 16)));
      i = f64x2.add(i, f64x2.mul(w, two(q + 24)));
    }
    v128.store(out, a);
    v128.store(out, b, 16);
    v128.store(out, c, 32);
    v128.store(out, e, 48);
    v128.store(out, f, 64);
    v128.store(out, g, 80);
    v128.store(out, h, 96);
    v128.store(out, i, 112);
  }
  if (blocks == 0) return;
  let a = f64x2.splat(0), b = a, c = a, e = a;
  for (let p = at, v = vector; v < end; p += STEP, v += 8) {
    const w = v128.load64_splat(v);
    a = f64x2.add(a, f64x2.mul(w, two(p)));
    b = f64x2.add(b, f64x2.mul(w, two(p + 8)));
    c = f64x2.add(c, f64x2.mul(w, two(p + 16)));
    e = f64x2.add(e, f64x2.mul(w, two(p + 24)));
  }
  v128.store(out, a);
  v128.store(out, b, 16);
  v128.store(out, c, 32);
  v128.store(out, e, 48);
}

/** As scores64 for two vectors, whose entries stand in turns; those of the second at out + stride. */
export function pairScores64(at: usize, d: usize, blocks: usize, vectors: usize, out: usize, stride: usize): void {
  const block = d * STEP;
  for (; blocks > 0; blocks--, at += block, out += 64) {
    let a = f64x2.splat(0), b = a, c = a, e = a, f = a, g = a, h = a, i = a;
    const end = at + block;
    for (let p = at, v = vectors; p < end; p += STEP, v += 16) {
      const w = v128.load64_splat(v);
      const x = v128.load64_splat(v, 8);
      const r = two(p);
      const s = two(p + 8);
      const t = two(p + 16);
      const u = two(p + 24);
      a = f64x2.add(a, f64x2.mul(w, r));
      b = f64x2.add(b, f64x2.mul(w, s));
      c = f64x2.add(c, f64x2.mul(w, t));
      e = f64x2.add(e, f64x2.mul(w, u));
      f = f64x2.add(f, f64x2.mul(x, r));
      g = f64x2.add(g, f64x2.mul(x, s));
      h = f64x2.add(h, f64x2.mul(x, t));
      i = f64x2.add(i, f64x2.mul(x, u));
    }
    v128.store(out, a);
    v128.store(out, b, 16);
    v128.store(out, c, 32);
    v128.store(out, e, 48);
    v128.store(out + stride, f);
    v128.store(out + stride, g, 16);
    v128.store(out + stride, h, 32);
    v128.store(out + stride, i, 48);
  }
}

/** Coordinates whose products are summed in floats before they go to doubles. */
const RUN: usize = 128;

/**
 * Scores of `blocks` blocks with one vector of d floats: 8 doubles a block. Runs of 128 coordinates are summed in
 * floats, the runs in doubles.
 */
export function scores32(at: usize, d: usize, blocks: usize, vector: usize, out: usize): void {
  const block = d * STEP;
  for (; blocks > 3; blocks -= 4, at += 4 * block, out += 256) {
    for (let j: usize = 0; j < d; j += RUN) {
      const run = min(RUN, d - j);
      let a = f32x4.splat(0), b = a, c = a, e = a, f = a, g = a, h = a, i = a;
      const end = vector + ((j + run) << 2);
      for (let p = at + j * STEP, v = vector + (j << 2); v < end; p += STEP, v += 4) {
        const w = v128.load32_splat(v);
        const q = p + block;
        const r = q + block;
        const s = r + block;
        a = f32x4.add(a, f32x4.mul(w, v128.load(p)));
        b = f32x4.add(b, f32x4.mul(w, v128.load(p, 16)));
        c = f32x4.add(c, f32x4.mul(w, v128.load(q)));
        e = f32x4.add(e, f32x4.mul(w, v128.load(q, 16)));
        f = f32x4.add(f, f32x4.mul(w, v128.load(r)));
        g = f32x4.add(g, f32x4.mul(w, v128.load(r, 16)));
        h = f32x4.add(h, f32x4.mul(w, v128.load(s)));
        i = f32x4.add(i, f32x4.mul(w, v128.load(s, 16)));
      }
      const first = j == 0;
      flush(a, out, first);
      flush(b, out + 32, first);
      flush(c, out + 64, first);
      flush(e, out + 96, first);
      flush(f, out + 128, first);
      flush(g, out + 160, first);
      flush(h, out + 192, first);
      flush(i, out + 224, first);
    }
  }
  for (; blocks > 0; blocks--, at += block, out += 64) {
    for (let j: usize = 0; j < d; j += RUN) {
      const run = min(RUN, d - j);
      let a = f32x4.splat(0), b = a;
      const end = vector + ((j + run) << 2);
      for (let p = at + j * STEP, v = vector + (j << 2); v < end; p += STEP, v += 4) {
        const w = v128.load32_splat(v);
        a = f32x4.add(a, f32x4.mul(w, v128.load(p)));
        b = f32x4.add(b, f32x4.mul(w, v128.load(p, 16)));
      }
      flush(a, out, j == 0);
      flush(b, out + 32, j == 0);
    }
  }
}

/**
 * As scores32 for 4·groups vectors; a group has its 4 entries of each coordinate together. Those of vector c are at
 * out + c·stride.
 *
 * @param sums 256 bytes of scratch a group: scores of two vectors are so far apart that they share a line of the cache
 */
export function manyScores32(
  at: usize, d: usize, blocks: usize, vectors: usize, groups: usize, sums: usize, out: usize, stride: usize,
): void {
  const block = d * STEP;
  const group = d << 4;
  for (; blocks > 0; blocks--, at += block, out += 64) {
    for (let j: usize = 0; j < d; j += RUN) {
      const run = min(RUN, d - j);
      const p = at + j * STEP;
      let v = vectors + (j << 4);
      let to = sums;
      for (let n: usize = 0; n < groups; n++, v += group, to += 256) tile<f64>(p, run, v, to, j == 0);
    }
    let from = sums;
    let to = out;
    for (let c: usize = 0; c < groups << 2; c++, from += 64, to += stride) {
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
      v128.store(to, v128.load(from, 32), 32);
      v128.store(to, v128.load(from, 48), 48);
    }
  }
}
