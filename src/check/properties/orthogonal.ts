import { instance } from '../../arbitraries/instances.js'
import type { ContractProperty } from '../property.js'
import { atMostHalf, readRight } from '../read-right.js'

export const orthogonal: ContractProperty = {
  id: 'orthogonal',
  statement: 'orthonormal dictionaries are read without error, at most half of the codewords sent',
  instances: instance({ N: { max: 24 }, d: { max: 64 }, codewords: ['hadamard', 'axes', 'orthonormal'] }).map(
    atMostHalf,
  ),
  runs: 300,
  examine: readRight,
}
