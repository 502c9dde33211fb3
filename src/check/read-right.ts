import type { ExaminedInstance } from '../arbitraries/instance.js'
import { sameSubset } from '../codes/subset.js'
import { Breach, type Subject } from './property.js'

/** Read the problem of this instance, whose answer must be right. */
export async function readRight(subject: Subject, drawn: ExaminedInstance, seed: string): Promise<void> {
  const trial = subject.draw(drawn, seed)
  const { indices } = await subject.read(trial)
  const { subset } = trial
  if (sameSubset(indices, subset)) return
  const fromOne =
    subset.length > 0 &&
    sameSubset(
      indices,
      subset.map((i) => i + 1),
    )
  throw new Breach(`reads {${subset}} as {${ascending(indices)}}${fromOne ? ' (indices count from 0)' : ''}`)
}

/** The instance with k at most N/2, rounded up: a rule for sparse codes need not know of others. */
export const atMostHalf = (drawn: ExaminedInstance): ExaminedInstance => ({
  ...drawn,
  k: Math.min(drawn.k, Math.ceil(drawn.N / 2)),
})

const ascending = (indices: readonly number[]) => indices.toSorted((a, b) => a - b)
