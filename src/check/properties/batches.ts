import type { ExaminedInstance } from '../../arbitraries/instance.js'
import { instance } from '../../arbitraries/instances.js'
import type { Trial } from '../../codes/trial.js'
import { onlyInOne } from '../../success/trials/judge.js'
import { type Answer, Breach, type ContractProperty, NotApplicable, type Subject } from '../property.js'

/** Problems of a batch that is examined. */
const MOST = 12

const instances = instance({ N: { min: 2, max: 40 }, d: { max: 64 }, codewords: ['rademacher', 'gaussian'] })

/** Problems of one shape, each over a dictionary of its own. */
function drawnBatch(subject: Subject, drawn: ExaminedInstance, seed: string): Trial[] {
  const { batch } = subject
  if (batch < 2) throw new NotApplicable('it takes one problem at a time')
  const count = Math.min(batch, MOST)
  return Array.from({ length: count }, (_, t) => subject.draw({ ...drawn, trial: drawn.trial + t }, seed))
}

function requireSame(one: readonly Answer[], other: readonly Answer[], how: string): void {
  one.forEach(({ indices }, t) => {
    const difference = onlyInOne(indices, other[t].indices)
    if (difference === undefined) return
    throw new Breach(
      `answers problem ${t} of ${one.length} otherwise ${how}: only one answer holds ${difference}`,
    )
  })
}

export const batchAsSingle: ContractProperty = {
  id: 'batch-as-single',
  statement: 'problems put at once are answered as one by one',
  instances,
  runs: 40,
  ofProcess: true,
  async examine(subject, drawn, seed) {
    const trials = drawnBatch(subject, drawn, seed)
    const together = await subject.readTogether(trials)
    const alone: Answer[] = []
    for (const trial of trials) alone.push(await subject.read(trial))
    requireSame(together, alone, 'by itself')
  },
}

export const batchOrder: ContractProperty = {
  id: 'batch-order',
  statement: 'problems put at once are answered alike in any order',
  instances,
  runs: 40,
  ofProcess: true,
  async examine(subject, drawn, seed) {
    const trials = drawnBatch(subject, drawn, seed)
    const forward = await subject.readTogether(trials)
    const backward = await subject.readTogether(trials.toReversed())
    requireSame(forward, backward.toReversed(), 'in another order')
  },
}
