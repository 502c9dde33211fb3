import seedrandom from 'seedrandom'
import { requireFinite } from '../io/arguments.js'
import { fnv1a } from './fnv-1a.js'
import type { Key } from './key.js'

/** A named stream of randomness. The same labels give the same stream on every machine. @since 0.2.0 */
export interface Stream {
  /** Uniform on [0, 1), 53 bits. */
  uniform(): number
  /** Uniform on {0, …, n − 1}, n ≤ 2^53. */
  integer(n: number): number
  /** Key for a counter-based generator. */
  key(): Key
  /** Where the stream stands: `streamAt` goes on from there. It says nothing of the labels. */
  state(): StreamState
}

/** The inner state of a stream, as plain data. */
export type StreamState = seedrandom.State.Arc4

/**
 * The stream with this name: a path of labels from the run's seed down to the use, e.g. ('7', 'subset', 3).
 * @throws RangeError for a number that is not finite
 * @since 0.2.0
 */
export function stream(...labels: readonly (string | number)[]): Stream {
  for (const label of labels) if (typeof label === 'number') requireFinite('a number among the labels', label)
  return streamOf(seedrandom(JSON.stringify(labels), { state: true }))
}

/** The stream that goes on from a state. */
export const streamAt = (state: StreamState): Stream => streamOf(seedrandom('', { state }))

/** An integer below 2^53 from a state, to seed a generator of another kind: two FNV-1a hashes of it. */
export function seedOf({ i, j, S }: StreamState): number {
  const low = fnv1a(S, 0x811c9dc5 ^ i)
  const high = fnv1a(S, 0x9747b28c ^ j)
  return (high >>> 11) * 2 ** 32 + (low >>> 0)
}

function streamOf(generator: seedrandom.StatefulPRNG<StreamState>): Stream {
  const uniform = () => generator.double()
  return {
    uniform,
    integer: (n) => Math.floor(uniform() * n),
    key: () => [generator.int32() >>> 0, generator.int32() >>> 0],
    state: () => generator.state(),
  }
}
