// Weighted sums of codewords, by coordinate in the order of the weights, so that every kernel rounds alike.

/**
 * For each byte the sign bits of 8 doubles: bit set, minus. In the first page, as the other kernels' scratch is
 * (correlate.ts).
 */
const MASKS: usize = 1024;
let written = false;

function writeMasks(): void {
  for (let byte: usize = 0; byte < 256; byte++) {
    for (let bit: usize = 0; bit < 8; bit++) {
      store<u64>(MASKS + (byte << 6) + (bit << 3), <u64>((byte >> bit) & 1) << 63);
    }
  }
  written = true;
}

/** Codewords summed at a time, and bytes of a cache line. */
const TOGETHER: u32 = 64;
const LINE: usize = 64;

/**
 * Σ_m weights[m]·(the codeword whose first byte is at base + starts[m]), two columns at a time: 16·⌈columns/2⌉
 * doubles at `out`. Past d they mean nothing, and the column behind an odd last one is whatever stands there.
 */
export function combine(base: usize, columns: u32, starts: usize, weights: usize, count: u32, out: usize): void {
  if (!written) writeMasks();
  memory.fill(out, 0, 128 * <usize>((columns + 1) >> 1));
  for (let m: u32 = 0; m < count; m += TOGETHER) {
    const some = min(TOGETHER, count - m);
    const from = starts + (<usize>m << 2);
    for (let n: u32 = 0; n < some; n++) fetch(base + load<u32>(from + (<usize>n << 2)), columns);
    addSome(base, columns, from, weights + (<usize>m << 3), some, out);
  }
}

/**
 * Read a codeword from end to end, so that the cache has it: from column to column, codeword by codeword, memory
 * would be waited for each time.
 */
function fetch(at: usize, columns: u32): void {
  for (const end = at + (<usize>columns << 4); at < end; at += LINE) load<u8>(at);
}

function addSome(base: usize, columns: u32, starts: usize, weights: usize, count: u32, out: usize): void {
  for (let column: u32 = 0; column < columns; column += 2, base += 32, out += 128) {
    let a = v128.load(out);
    let b = v128.load(out, 16);
    let c = v128.load(out, 32);
    let d = v128.load(out, 48);
    let e = v128.load(out, 64);
    let f = v128.load(out, 80);
    let g = v128.load(out, 96);
    let h = v128.load(out, 112);
    for (let m: u32 = 0; m < count; m++) {
      const weight = v128.load64_splat(weights + (<usize>m << 3));
      const at = base + load<u32>(starts + (<usize>m << 2));
      const first = MASKS + (<usize>load<u8>(at) << 6);
      const second = MASKS + (<usize>load<u8>(at, 16) << 6);
      a = f64x2.add(a, v128.xor(weight, v128.load(first)));
      b = f64x2.add(b, v128.xor(weight, v128.load(first, 16)));
      c = f64x2.add(c, v128.xor(weight, v128.load(first, 32)));
      d = f64x2.add(d, v128.xor(weight, v128.load(first, 48)));
      e = f64x2.add(e, v128.xor(weight, v128.load(second)));
      f = f64x2.add(f, v128.xor(weight, v128.load(second, 16)));
      g = f64x2.add(g, v128.xor(weight, v128.load(second, 32)));
      h = f64x2.add(h, v128.xor(weight, v128.load(second, 48)));
    }
    v128.store(out, a);
    v128.store(out, b, 16);
    v128.store(out, c, 32);
    v128.store(out, d, 48);
    v128.store(out, e, 64);
    v128.store(out, f, 80);
    v128.store(out, g, 96);
    v128.store(out, h, 112);
  }
}
