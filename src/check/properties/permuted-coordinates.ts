import { shuffled } from '../../codes/ensembles/ensembles.js'
import { stream } from '../../random/stream.js'
import { mapped } from '../rearranged.js'
import { transformed } from './transformed.js'

export const permutedCoordinates = transformed({
  id: 'permuted-coordinates',
  statement: 'permuting the coordinates changes nothing',
  runs: 300,
  how: 'the coordinates in another order',
  transform(form, { d, trial }, seed) {
    const order = shuffled(Array(d).keys(), stream(seed, 'order', d, trial))
    return mapped(form, (v) => Float64Array.from(order, (j) => v[j]))
  },
})
