import seedrandom from 'seedrandom'
import type { Key } from '../kernels/sign-matrix.js'

/** A named stream of randomness. The same labels give the same stream on every machine. */
export interface Stream {
  /** Uniform on [0, 1), 53 bits. */
  uniform(): number
  /** Uniform on {0, …, n − 1}, n ≤ 2^53. */
  integer(n: number): number
  /** Key for a counter-based generator. */
  key(): Key
}

/** The stream with this name: a path of labels from the run's seed down to the use, e.g. ('7', 'subset', 3). */
export function stream(...labels: readonly (string | number)[]): Stream {
  const generator = seedrandom(JSON.stringify(labels))
  const uniform = () => generator.double()
  return {
    uniform,
    integer: (n) => Math.floor(uniform() * n),
    key: () => [generator.int32() >>> 0, generator.int32() >>> 0],
  }
}
