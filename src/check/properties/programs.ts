import { setTimeout } from 'node:timers/promises'
import fc from 'fast-check'
import { instance } from '../../arbitraries/instances.js'
import { type ContractProperty, NotApplicable } from '../property.js'

const instances = instance({ N: { min: 2, max: 20 }, d: { max: 24 }, codewords: ['rademacher'] })

/** What a program may still say once it has answered is waited for so long. */
const QUIET_MS = 30

export const quietOutput: ContractProperty = {
  id: 'quiet-output',
  statement: 'standard output holds answers alone',
  instances,
  runs: 8,
  ofProcess: true,
  async examine(subject, drawn, seed) {
    if (!subject.foreign) throw new NotApplicable('its answers do not go to standard output')
    // Noise among the answers, or after them, is a breach in itself.
    await subject.read(subject.draw(drawn, seed))
    await setTimeout(QUIET_MS)
    await subject.read(subject.draw(drawn, seed))
  },
}

export const endsOnEof: ContractProperty = {
  id: 'ends-on-eof',
  statement: 'the program ends when its input does',
  // One that does not takes five seconds, and no smaller instance says more.
  instances: fc.constant({ N: 8, k: 2, d: 16, codewords: 'rademacher', trial: 0 } as const),
  runs: 1,
  ofProcess: true,
  async examine(subject, drawn, seed) {
    if (!subject.foreign) throw new NotApplicable('it is no program with an input of its own')
    await subject.read(subject.draw(drawn, seed))
    await subject.endInput()
  },
}
