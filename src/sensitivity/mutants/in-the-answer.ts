import type { Problem } from '../../codes/problem.js'
import { fnv1a } from '../../random/fnv-1a.js'
import { type Mutant, mutant } from './mutant.js'

/** One index in the answer is replaced by the next that is not in it. */
function spoilt(indices: number[], { dictionary: { size } }: Problem): number[] {
  if (indices.length === 0 || indices.length >= size) return indices
  const members = new Set(indices)
  let other = indices[0]
  while (members.has(other)) other = (other + 1) % size
  return [other, ...indices.slice(1)]
}

/** In [0, 1), from the code alone. */
function chance({ code }: Problem): number {
  const hash = fnv1a(new Uint8Array(code.buffer, code.byteOffset, code.byteLength))
  return (Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0) / 2 ** 32
}

const occasional = (rate: number): Mutant =>
  mutant(`wrong-at-${100 * rate}`, `answers wrong, reproducibly, with probability ${100 * rate} %`, () => ({
    answer: (indices, problem) => (chance(problem) < rate ? spoilt(indices, problem) : indices),
  }))

const offByOne = mutant('off-by-one', 'counts codewords from 1', () => ({
  answer: (indices, { dictionary }) => indices.map((i) => (i + 1) % dictionary.size),
}))

const bits = (width: number): Mutant =>
  mutant(`${width}-bit-index`, `keeps indices in ${width} bits`, () => ({
    answer: (indices) => indices.map((i) => i % 2 ** width),
  }))

const duplicate = mutant('duplicate', 'names its first index twice, one time in fifty', () => ({
  answer: (indices, problem) =>
    indices.length > 1 && chance(problem) < 0.02 ? [indices[0], ...indices.slice(0, -1)] : indices,
}))

const changesCode = mutant('changes-code', 'uses the code as scratch space', () => ({
  answer(indices, { code }) {
    code.fill(0)
    return indices
  },
}))

export const faultsInTheAnswer: readonly Mutant[] = [
  ...[0.01, 0.03, 0.1].map(occasional),
  offByOne,
  bits(16),
  duplicate,
  changesCode,
]
