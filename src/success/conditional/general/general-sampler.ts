import { checkShape } from '../../../codes/checks.js'
import type { ModelDescription } from '../../../codes/model/description.js'
import type { BuiltInDecoder } from '../../../decoders/decoder.js'
import { requireCount } from '../../../statistics/ranges.js'
import { recoveryCounts } from '../../trials/recovery.js'
import type { Sampler } from '../../trials/sampler.js'
import { generalConditionalTrial } from './general-trial.js'

/**
 * What a decoder reads under any model, given all of each code but its non-members, in this thread: see
 * `generalConditionalTrial`. Counts are expectations, or of decoders that go step by step whole numbers.
 */
export function generalSampler(decoder: BuiltInDecoder, model: ModelDescription): Sampler {
  return {
    decoder: decoder.name,
    method: 'conditional',
    model,
    async run(shape, seed, from, trials, { onTrials, signal } = {}) {
      checkShape(shape)
      requireCount('d', shape.d, 1)
      const values = new Float64Array(trials)
      const counts = recoveryCounts(trials)
      for (let t = 0; t < trials; t++) {
        signal?.throwIfAborted()
        const reads = generalConditionalTrial(decoder, model, shape, seed, from + t)
        values[t] = reads.exact
        counts.hits[t] = reads.hits
        counts.falsePositives[t] = reads.falsePositives
        counts.active[t] = reads.active
        onTrials?.(t + 1)
      }
      return { values, counts, faults: [] }
    },
    close: async () => {},
  }
}
