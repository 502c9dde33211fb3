import fc from 'fast-check'
import { instance } from '../../arbitraries/instances.js'
import type { ContractProperty } from '../property.js'
import { atMostHalf, readRight } from '../read-right.js'

const codewords = ['hadamard', 'axes', 'orthonormal'] as const

export const orthogonal: ContractProperty = {
  id: 'orthogonal',
  statement: 'orthonormal dictionaries are read without error, at most half of the codewords sent',
  // Many members and many coordinates, now and then: what holds of the small may not of these.
  instances: fc
    .oneof(
      { weight: 9, arbitrary: instance({ N: { max: 24 }, d: { max: 64 }, codewords }) },
      {
        weight: 1,
        arbitrary: instance({
          N: { min: 66, max: 80 },
          k: { min: 31, max: 40 },
          d: { min: 129, max: 192 },
          codewords,
        }),
      },
    )
    .map(atMostHalf),
  runs: 300,
  ofFamilies: true,
  examine: readRight,
}
