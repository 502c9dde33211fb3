import { instance } from '../../arbitraries/instances.js'
import type { ContractProperty } from '../property.js'
import { atMostHalf, readRight } from '../read-right.js'

export const oddDimension: ContractProperty = {
  id: 'odd-dimension',
  statement: 'an orthonormal basis of odd d is read without error, to the last coordinate',
  instances: instance({ N: { max: 35 }, d: 1, codewords: ['axes', 'orthonormal'] }).map((drawn) => {
    const d = drawn.N - ((drawn.N + 1) % 2) || 1
    return atMostHalf({ ...drawn, N: d, d })
  }),
  runs: 100,
  ofFamilies: true,
  examine: readRight,
}
