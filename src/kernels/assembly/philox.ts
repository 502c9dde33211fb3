// Philox4x32-10: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011).

const M0: u64 = 0xd2511f53;
const M1: u64 = 0xcd9e8d57;
const W0: u32 = 0x9e3779b9;
const W1: u32 = 0xbb67ae85;

/** Fill `blocks` blocks of `columns` byte columns; 16 bytes come from the counter (block, column, 0, 0). */
export function generate(base: usize, blocks: u32, columns: u32, key0: u32, key1: u32): void {
  let p = base;
  for (let block: u32 = 0; block < blocks; block++) {
    for (let column: u32 = 0; column < columns; column++) {
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
      p += 16;
    }
  }
}
