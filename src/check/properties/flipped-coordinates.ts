import { stream } from '../../random/stream.js'
import { mapped } from '../rearranged.js'
import { transformed } from './transformed.js'

export const flippedCoordinates = transformed({
  id: 'flipped-coordinates',
  statement: 'flipping the sign of coordinates changes nothing',
  runs: 200,
  how: 'coordinates flipped',
  transform(form, { d, trial }, seed) {
    const random = stream(seed, 'flips', d, trial)
    const flips = Float64Array.from({ length: d }, () => (random.uniform() < 0.5 ? -1 : 1))
    return mapped(form, (v) => v.map((entry, j) => flips[j] * entry))
  },
})
