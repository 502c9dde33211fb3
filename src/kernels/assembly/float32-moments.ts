// Sums of products of coordinates over float32 rows; layout and callers as in float32.ts.
import { STEP } from "./float32-tile";

/** Rows of a panel of doubles. */
const PANEL: usize = 64;

/** Bytes of a coordinate of a panel. */
const LINE: usize = PANEL << 3;

/** Pairs of coordinates that are multiplied with the same others in turn, which stay in the first cache. */
const TOGETHER: usize = 4;

/**
 * out[a·d + b] += Σ x_a·x_b over up to 8 blocks of rows from `at` on, for b up to a and some beyond, where x is
 * weight·(scale·row − shift); for a pair of coordinates a from `first` on, and then every `step`.
 *
 * @param scales f64 a row, 0 past the last
 * @param weights f64 a row, 0 past the last
 * @param shift d doubles
 * @param panel 512·(d rounded up to a multiple of 4) bytes of scratch
 */
export function addProducts(
  at: usize, d: usize, blocks: usize, scales: usize, weights: usize, shift: usize, panel: usize, first: usize,
  step: usize, out: usize,
): void {
  if (blocks << 3 < PANEL) memory.fill(panel, 0, d * LINE);
  for (let n: usize = 0; n < blocks; n++) {
    pack(at + n * d * STEP, d, scales + (n << 6), weights + (n << 6), shift, panel + (n << 6));
  }
  for (let from = first; from < d; from += TOGETHER * step) {
    const end = min(d, from + TOGETHER * step);
    for (let b: usize = 0; b <= end; b += 4) {
      for (let a = from; a < end; a += step) if (b <= a + 1) productTile(panel, d, a, b, out);
    }
  }
}

/** The rows of a block as doubles: coordinate after coordinate 8, one a row. */
function pack(at: usize, d: usize, scales: usize, weights: usize, shift: usize, to: usize): void {
  for (let r: usize = 0; r < 64; r += 16) {
    const scale = v128.load(scales + r);
    const weight = v128.load(weights + r);
    let p = at + (r >> 1);
    let q = to + r;
    for (let s = shift, end = shift + (d << 3); s < end; s += 8, p += STEP, q += LINE) {
      const row = f64x2.promote_low_f32x4(v128.load64_zero(p));
      v128.store(q, f64x2.mul(weight, f64x2.sub(f64x2.mul(scale, row), v128.load64_splat(s))));
    }
  }
}

function productTile(panel: usize, d: usize, a: usize, b: usize, out: usize): void {
  let p = panel + a * LINE;
  let q = panel + b * LINE;
  let e = f64x2.splat(0), f = e, g = e, h = e, i = e, k = e, l = e, m = e;
  for (const end = p + LINE; p < end; p += 16, q += 16) {
    const x = v128.load(p);
    const y = v128.load(p, 512);
    const s = v128.load(q);
    e = f64x2.add(e, f64x2.mul(x, s));
    f = f64x2.add(f, f64x2.mul(y, s));
    const t = v128.load(q, 512);
    g = f64x2.add(g, f64x2.mul(x, t));
    h = f64x2.add(h, f64x2.mul(y, t));
    const u = v128.load(q, 1024);
    i = f64x2.add(i, f64x2.mul(x, u));
    k = f64x2.add(k, f64x2.mul(y, u));
    const w = v128.load(q, 1536);
    l = f64x2.add(l, f64x2.mul(x, w));
    m = f64x2.add(m, f64x2.mul(y, w));
  }
  addTo(out, d, a, b, e, g);
  addTo(out, d, a, b + 2, i, l);
  addTo(out, d, a + 1, b, f, h);
  addTo(out, d, a + 1, b + 2, k, m);
}

/** Add the sums of both lanes to two neighbours, as far as they are there. */
// @ts-ignore: decorator
@inline
function addTo(out: usize, d: usize, a: usize, b: usize, one: v128, other: v128): void {
  if (a >= d || b >= d) return;
  const at = out + ((a * d + b) << 3);
  const sums = f64x2.add(i64x2.shuffle(one, other, 0, 2), i64x2.shuffle(one, other, 1, 3));
  if (b + 1 < d) v128.store(at, f64x2.add(v128.load(at), sums));
  else store<f64>(at, load<f64>(at) + f64x2.extract_lane(sums, 0));
}
