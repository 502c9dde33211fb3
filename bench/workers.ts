import { median } from '../src/numerics/median.js'
import { openSampler } from '../src/success/workers/open-sampler.js'
import type { BenchResult } from './timing.js'

const shape = { N: 2 ** 16, k: 28, d: 400 }
const TRIALS = 192
/** Rounds of one worker and then two: the machine's speed drifts, and the median of the rounds' ratios does not. */
const ROUNDS = 7

/** What a second worker brings, by simulation of matching pursuit. */
export async function workerFigures(): Promise<BenchResult[]> {
  const one = await openSampler('matching-pursuit', { workers: 1 })
  const two = await openSampler('matching-pursuit', { workers: 2 })
  const seconds = async (sampler: typeof one) => {
    const start = performance.now()
    await sampler.run(shape, 'bench', 0, TRIALS)
    return (performance.now() - start) / 1000
  }
  try {
    for (const sampler of [one, two]) await seconds(sampler)
    const rounds: { alone: number; both: number }[] = []
    for (let round = 0; round < ROUNDS; round++) {
      rounds.push({ alone: await seconds(one), both: await seconds(two) })
    }
    const at = 'matching-pursuit trials, N = 2^16, k = 28, d = 400'
    const alone = median(rounds.map(({ alone }) => alone))
    const ratio = median(rounds.map(({ alone, both }) => alone / both))
    return [
      { id: 'one-worker', what: `${at}, one worker`, value: TRIALS / alone, unit: '/s' },
      {
        id: 'two-workers',
        what: `two workers / one, median of ${ROUNDS} rounds`,
        value: ratio,
        unit: '×',
        bar: { atLeast: 1.8 },
      },
    ]
  } finally {
    await one.close()
    await two.close()
  }
}
