import type { Problem } from '../codes/problem.js'
import { writeBaseline } from '../gate/baseline/baseline.js'
import { recordBaseline } from '../gate/baseline/record-baseline.js'
import { simulationSampler } from '../success/trials/simulation-sampler.js'

const decoder = {
  decode({ dictionary, code, k }: Problem) {
    const scores = dictionary.correlate(code)
    return [...scores.keys()].sort((a, b) => scores[b] - scores[a]).slice(0, k)
  },
}

/** A module with a decoder that sorts its scores, of this name. */
export const sortedScores = (name: string): string =>
  `export default { name: ${JSON.stringify(name)}, ${decoder.decode} }\n`

/** Records its baseline at N = 64 and k = 4, in this thread. */
export async function recordSortedScores(path: string, name: string, seed = '1'): Promise<void> {
  const cell = { N: 64, k: 4, method: 'simulation', tolerance: 0.2 } as const
  writeBaseline(
    path,
    await recordBaseline([simulationSampler({ name, ...decoder })], { cells: [cell], seed }),
  )
}
