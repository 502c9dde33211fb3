import type { Sampler } from '../trials/sampler.js'
import type { TrialRecord } from './trial-record.js'

/** Trials of the first block, and how long one may take: what an interruption can lose. */
const FIRST_BLOCK = 16
const BLOCK_MS = 2000

/** A sampler that takes from a record what is there, runs the rest, and records it block by block. */
export function recorded(sampler: Sampler, record: TrialRecord): Sampler {
  const { decoder, revision, method } = sampler
  let block = FIRST_BLOCK
  return {
    ...sampler,
    async run(shape, seed, from, trials, { onTrials, onMembers, signal } = {}) {
      const { N, k, d } = shape
      const series = { decoder, revision, method, N, k, d, seed }
      const missing = record.missing(series, from, from + trials)
      let done = trials - missing.reduce((sum, gap) => sum + gap.to - gap.from, 0)
      for (const gap of missing) {
        for (let at = gap.from; at < gap.to; ) {
          const size = Math.min(block, gap.to - at)
          const start = performance.now()
          const before = done
          const options = { onTrials: (more: number) => onTrials?.(before + more), signal }
          const { values, faults } = await sampler.run(shape, seed, at, size, options)
          record.add({ ...series, from: at, values: Array.from(values), faults })
          if (size === block)
            block = performance.now() - start < BLOCK_MS / 2 ? 2 * block : Math.ceil(block / 2)
          at += size
          done += size
        }
      }
      if (onMembers) {
        const { showMembers } = await import('../conditional/conditional-sampler.js')
        await showMembers(shape, seed, from, trials, { onMembers, signal })
      }
      return record.read(series, from, from + trials)
    },
  }
}
