import type { Sampler } from '../success/trials/sampler.js'

/**
 * How far off the time left is that a step's progress tells, as a factor, at worst between a tenth of the work and
 * four fifths of it: by a clock that its trials move, and nothing else.
 */
export async function timeLeftError(
  sampler: Sampler,
  step: (sampler: Sampler, onProgress: (done: number) => void) => Promise<unknown>,
): Promise<number> {
  let clock = 0
  const told: { readonly at: number; readonly done: number }[] = []
  const timed: Sampler = {
    ...sampler,
    async run(...args) {
      const result = await sampler.run(...args)
      clock += args[3]
      return result
    },
  }
  await step(timed, (done) => told.push({ at: clock, done }))
  const factors = told
    .filter(({ at }) => at >= clock / 10 && at <= 0.8 * clock)
    .map(({ at, done }) => (at * (1 - done)) / done / (clock - at))
  if (factors.length < 3) throw new Error('nothing was told of the time left')
  return Math.max(...factors.map((factor) => Math.max(factor, 1 / factor)))
}
