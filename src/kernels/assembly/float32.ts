// WebAssembly SIMD kernels over float32 rows. The layout is in ../float32/store.ts: blocks of 8 rows, coordinate after
// coordinate.
// Every thread has an instance of its own over one shared memory; addresses of scratch are the caller's.
export { manyScores32, pairScores64, scores32, scores64 } from "./float32-scores";
export { addProducts } from "./float32-moments";
export { nearest } from "./float32-nearest";
