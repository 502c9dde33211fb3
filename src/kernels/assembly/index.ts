// WebAssembly SIMD kernels over bit-packed sign matrices. The layout and the callers' contract are in ../layout.ts.
export { generate } from "./philox";
export { combine } from "./combine";
export { correlate, argmax, select } from "./correlate";
export { gram, rows, total } from "./gram";
export { passMessages } from "./passing";
