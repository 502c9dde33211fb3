// e^x as numerics/exp.ts has it, operation by operation.

const LN2_HIGH: f64 = 0.6931471803691238;
const LN2_LOW: f64 = 1.9082149292705877e-10;

function exp(x: f64): f64 {
  if (x <= -708) return 0;
  if (x > 709) return Infinity;
  const scaled = x * Math.LOG2E;
  const up = ceil(scaled);
  const n = up - <f64>(up - 0.5 > scaled);
  const r = x - n * LN2_HIGH - n * LN2_LOW;
  const r2 = r * r;
  const r4 = r2 * r2;
  const low =
    1 + 1 * r + (1.0 / 2 + (1.0 / 6) * r) * r2 +
    (1.0 / 24 + (1.0 / 120) * r + (1.0 / 720 + (1.0 / 5040) * r) * r2) * r4;
  const high =
    1.0 / 40320 + (1.0 / 362880) * r + (1.0 / 3628800 + (1.0 / 39916800) * r) * r2 +
    (1.0 / 479001600 + (1.0 / 6227020800) * r) * r4;
  return (low + high * r4 * r4) * reinterpret<f64>((<i64>n + 1023) << 52);
}

/** 1/(1 + e^−u). */
export function logistic(u: f64): f64 {
  return 1 / (1 + exp(-u));
}
