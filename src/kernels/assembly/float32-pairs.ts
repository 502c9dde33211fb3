// Products of all float32 rows with one another, and of all coordinates; layout and callers as in float32.ts.
import { STEP, tile } from "./float32-tile";

/** Coordinates whose products are summed before the sums are. */
const RUN: usize = 64;

/**
 * Largest |⟨i, j⟩|·scale_i·scale_j and largest ⟨i, j⟩ over the other rows seen, and which row it was, for the rows i
 * of the blocks [block, end) and the 4·groups rows j of a panel; both sides are brought up to date.
 *
 * @param base the store
 * @param packed the panel's rows, 4 together as in manyScores32
 * @param rows their indices, i32, −1 where there is none
 * @param scales f32 a row
 * @param best four runs of 8·(blocks of the store) numbers of 32 bits: cosine, its row, product, its row
 * @param run bytes of such a run
 * @param sums 128 bytes of scratch
 */
export function nearest(
  base: usize, d: usize, size: i32, block: usize, end: usize,
  packed: usize, rows: usize, groups: usize, scales: usize, best: usize, run: usize, sums: usize,
): void {
  const group = d << 4;
  for (; block < end; block++) {
    const at = base + block * d * STEP;
    let v = packed;
    for (let n: usize = 0; n < groups; n++, v += group) {
      for (let j: usize = 0; j < d; j += RUN) {
        tile<f32>(at + j * STEP, min(RUN, d - j), v + (j << 4), sums, j == 0);
      }
      for (let c: usize = 0; c < 4; c++) {
        const row = load<i32>(rows + (((n << 2) + c) << 2));
        if (row >= 0) compare(sums + (c << 5), block, row, size, scales, best, run);
      }
    }
  }
}

/** The products of 8 rows with one, at `sums`, against what is the largest so far on either side. */
// @ts-ignore: decorator
@inline
function compare(sums: usize, block: usize, row: i32, size: i32, scales: usize, best: usize, run: usize): void {
  const at = block << 5;
  const scale = v128.load32_splat(scales + (<usize>row << 2));
  const low = v128.load(sums);
  const high = v128.load(sums, 16);
  const lowCosine = f32x4.mul(f32x4.abs(low), f32x4.mul(scale, v128.load(scales + at)));
  const highCosine = f32x4.mul(f32x4.abs(high), f32x4.mul(scale, v128.load(scales + at, 16)));
  const cosine = v128.load32_splat(best + (<usize>row << 2));
  const product = v128.load32_splat(best + 2 * run + (<usize>row << 2));
  const higher = v128.or(
    v128.or(
      v128.or(f32x4.gt(lowCosine, v128.load(best + at)), f32x4.gt(highCosine, v128.load(best + at, 16))),
      v128.or(f32x4.gt(lowCosine, cosine), f32x4.gt(highCosine, cosine)),
    ),
    v128.or(
      v128.or(f32x4.gt(low, v128.load(best + 2 * run + at)), f32x4.gt(high, v128.load(best + 2 * run + at, 16))),
      v128.or(f32x4.gt(low, product), f32x4.gt(high, product)),
    ),
  );
  if (v128.any_true(higher)) update(sums, block, row, size, scales, best, run);
}

function update(sums: usize, block: usize, row: i32, size: i32, scales: usize, best: usize, run: usize): void {
  const scale = load<f32>(scales + (<usize>row << 2));
  for (let lane: usize = 0; lane < 8; lane++) {
    const other = <i32>(block << 3) + <i32>lane;
    if (other == row || other >= size) continue;
    const product = load<f32>(sums + (lane << 2));
    const cosine = abs<f32>(product) * (scale * load<f32>(scales + (<usize>other << 2)));
    higher(best, run, row, other, cosine);
    higher(best, run, other, row, cosine);
    higher(best + 2 * run, run, row, other, product);
    higher(best + 2 * run, run, other, row, product);
  }
}

// @ts-ignore: decorator
@inline
function higher(best: usize, run: usize, row: i32, other: i32, value: f32): void {
  const at = best + (<usize>row << 2);
  if (value <= load<f32>(at)) return;
  store<f32>(at, value);
  store<i32>(at + run, other);
}

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
