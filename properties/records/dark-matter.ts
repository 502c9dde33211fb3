import { z } from 'zod'
import { type DarkMatter, type DarkMatterOptions, darkMatter } from '../../src/experiments/dark-matter.js'
import { positive, positiveCount, unit } from '../../src/io/fields.js'
import { toDecimals } from '../../src/numerics/round.js'
import { listFor } from './fields.js'
import type { StoredMeasurement } from './stored-measurement.js'

const [N, k, batch] = [64, 4, 64]
const dimensions = [12, 16, 24, 32, 48, 64]
const seeds = ['1', '2']

const runs = [
  ...dimensions.flatMap((d) => seeds.map((part) => [{ N, k, d, batch, steps: 2500 }, part] as const)),
  ...[24].map((d) => [{ N, k, d, batch, steps: 10_000 }, seeds[0]] as const),
]

/** A run, and its seed. */
export interface DarkMatterRun extends DarkMatter {
  readonly seed: string
}

/**
 * Autoencoders trained on codes from far above to far below the bitrate that top-k reads, and once four times as
 * long.
 */
export const darkMatterRecord: StoredMeasurement<readonly DarkMatterRun[]> = {
  name: 'dark-matter',
  schema: listFor(
    z.strictObject({
      N: positiveCount,
      k: positiveCount,
      d: positiveCount,
      batch: positiveCount,
      steps: positiveCount,
      topKReads: unit,
      learned: unit,
      encoder: unit,
      ompLearned: unit,
      ompTrue: unit,
      dimsPerBit: positive,
      seed: z.string(),
    }),
    runs.map(([{ d, steps }]) => `d = ${d}, ${steps} steps`),
    ({ d, steps }) => `d = ${d}, ${steps} steps`,
  ),
  measure(seed, onProgress) {
    return runs.map(([options, part], i) => {
      onProgress(i / runs.length)
      return run(options, `${seed}/${part}`)
    })
  },
}

function run(options: DarkMatterOptions, seed: string): DarkMatterRun {
  const { dimsPerBit, ...shares } = darkMatter(options, seed)
  return { ...shares, dimsPerBit: toDecimals(dimsPerBit, 4), seed }
}
