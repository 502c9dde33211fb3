import { append } from '../../io/append.js'
import { RECOVERY_FIELDS, recoveryCounts, setCounts } from '../trials/recovery.js'
import type { ContractViolation, Sampler } from '../trials/sampler.js'
import { gapsIn, keep, recordedParts, seriesOf } from './recorded-parts.js'
import type { TrialRecord } from './trial-record.js'

/** Trials of the first block, and how long one may take: what an interruption can lose. */
const FIRST_BLOCK = 16
const BLOCK_MS = 2000

/**
 * A sampler that takes from a record what is there, runs the rest, and records it block by block.
 * @param onTaken called with the number of trials that are taken from the record, in a run that takes some
 */
export function recorded(
  sampler: Sampler,
  record: TrialRecord,
  onTaken: (trials: number) => void = () => {},
): Sampler {
  let block = FIRST_BLOCK
  if (sampler.reportsParts) return recordedParts(sampler, record, onTaken)
  return {
    ...silent(sampler),
    async run(shape, seed, from, trials, options = {}) {
      const { onTrials, onFault, signal } = options
      // It changes where a decoder loads more of its modules.
      const series = () => seriesOf(sampler, shape, seed)
      const counts = options.counts ? recoveryCounts(trials) : undefined
      const firstGap = (at: number) =>
        gapsIn(record, series(), { from: at, to: from + trials }, options.counts === true).at(0)
      const values = new Float64Array(trials)
      const faults: ContractViolation[] = []
      let [done, taken] = [0, 0]
      const takeUntil = (to: number) => {
        const known = record.read(series(), from + done, to)
        values.set(known.values, done)
        for (const count of counts ? RECOVERY_FIELDS : []) {
          counts![count].set(record.read({ ...series(), count }, from + done, to).values, done)
        }
        append(faults, known.faults)
        for (const fault of known.faults) onFault?.(fault)
        done = to - from
      }
      while (done < trials) {
        const gap = firstGap(from + done)
        const known = (gap?.from ?? from + trials) - from - done
        if (!gap || known > 0) {
          taken += known
          takeUntil(from + done + known)
          continue
        }
        const size = Math.min(block, gap.to - gap.from)
        const start = performance.now()
        const before = done
        const ran = await sampler.run(shape, seed, gap.from, size, {
          onTrials: (more) => onTrials?.(before + more),
          onFault: (fault) => onFault?.(fault),
          counts: options.counts,
          signal,
        })
        keep(record, series(), gap.from, counts ? ran : { values: ran.values, faults: ran.faults })
        values.set(ran.values, done)
        if (counts) setCounts(counts, ran.counts, done)
        append(faults, ran.faults)
        done += size
        if (size === block) {
          block = performance.now() - start < BLOCK_MS / 2 ? 2 * block : Math.ceil(block / 2)
        }
      }
      if (taken > 0) onTaken(taken)
      return { values, ...(counts && { counts }), faults }
    },
  }
}

/** What answers say beside their lists is in no record. */
const silent = (sampler: Sampler): Sampler => ({ ...sampler, tells: false })
