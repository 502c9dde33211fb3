import { openSampler } from '../src/success/open-sampler.js'
import type { Figure } from './timing.js'

const shape = { N: 2 ** 16, k: 28, d: 400 }
const TRIALS = 128

/** What a second worker brings, by simulation of matching pursuit. */
export async function workerFigures(): Promise<Figure[]> {
  const seconds = async (workers: number) => {
    const sampler = await openSampler('matching-pursuit', { workers })
    try {
      await sampler.run(shape, 'warm-up', 0, 8 * workers)
      const start = performance.now()
      await sampler.run(shape, 'bench', 0, TRIALS)
      return (performance.now() - start) / 1000
    } finally {
      await sampler.close()
    }
  }
  const [one, two] = [await seconds(1), await seconds(2)]
  const at = 'matching-pursuit trials, N = 2^16, k = 28, d = 400'
  return [
    { id: 'one-worker', what: `${at}, one worker`, value: TRIALS / one, unit: '/s' },
    { id: 'two-workers', what: 'two workers / one', value: one / two, unit: '×', bar: { atLeast: 1.8 } },
  ]
}
