// Sums of products of coordinates over float32 rows; layout and callers as in float32.ts.
import { STEP } from "./float32-tile";

/** Rows of a panel of doubles. */
const PANEL: usize = 64;

/**
 * out[a·d + b] += Σ x_a·x_b over up to 64 rows from `at` on, for b up to a and some beyond, where x is
 * weight·(scale·row − shift); for a pair of coordinates a from `first` on, and then every `step`.
 *
 * @param scales f64 a row
 * @param weights f64 a row
 * @param shift d doubles
 * @param panel 512·(d rounded up to a multiple of 4) bytes of scratch
 */
export function addProducts(
  at: usize, d: usize, rows: usize, scales: usize, weights: usize, shift: usize, panel: usize, first: usize,
  step: usize, out: usize,
): void {
  pack(at, d, rows, scales, weights, shift, panel);
  for (let a = first; a < d; a += step) {
    for (let b: usize = 0; b <= a + 1; b += 4) productTile(panel, d, a, b, out);
  }
}

/** Coordinate after coordinate 64 doubles, one a row; 0 past the last row, and past d up to a multiple of 4. */
function pack(
  at: usize, d: usize, rows: usize, scales: usize, weights: usize, shift: usize, panel: usize,
): void {
  memory.fill(panel, 0, ((d + 3) & ~3) * PANEL << 3);
  for (let r: usize = 0; r < rows; r++) {
    const scale = load<f64>(scales + (r << 3));
    const weight = load<f64>(weights + (r << 3));
    let p = at + (r >> 3) * d * STEP + ((r & 7) << 2);
    let to = panel + (r << 3);
    for (let j: usize = 0; j < d; j++, p += STEP, to += PANEL << 3) {
      store<f64>(to, weight * (scale * <f64>load<f32>(p) - load<f64>(shift + (j << 3))));
    }
  }
}

function productTile(panel: usize, d: usize, a: usize, b: usize, out: usize): void {
  const line = PANEL << 3;
  let p = panel + a * line;
  let q = panel + b * line;
  let e = f64x2.splat(0), f = e, g = e, h = e, i = e, k = e, l = e, m = e;
  for (const end = p + line; p < end; p += 16, q += 16) {
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
  addTo(out, d, a, b, e);
  addTo(out, d, a + 1, b, f);
  addTo(out, d, a, b + 1, g);
  addTo(out, d, a + 1, b + 1, h);
  addTo(out, d, a, b + 2, i);
  addTo(out, d, a + 1, b + 2, k);
  addTo(out, d, a, b + 3, l);
  addTo(out, d, a + 1, b + 3, m);
}

// @ts-ignore: decorator
@inline
function addTo(out: usize, d: usize, a: usize, b: usize, sum: v128): void {
  if (a >= d || b >= d) return;
  const at = out + ((a * d + b) << 3);
  store<f64>(at, load<f64>(at) + (f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1)));
}
