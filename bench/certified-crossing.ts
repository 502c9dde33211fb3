import type { BatchedDictionary } from '../src/codes/batched-dictionary.js'
import { drawTrial, type Shape } from '../src/codes/trial.js'
import { Decimation } from '../src/decoders/certified-search/decimation.js'
import { FALLEN } from '../src/decoders/certified-search/guess-tree.js'

/** Steps of message passing after which it is looked whether the noise has fallen. */
const LOOKS = [8, 16, 24, 40]
/** Posterior means between which a member is guessed. */
const GUESSED = { least: 0.02, most: 0.7 }

/** How often pairs of right guesses let message passing through. */
export interface Crossing extends Shape {
  readonly trials: number
  /** Codes that message passing alone did not read. */
  readonly codes: number
  /** Right pairs among what would be guessed, over all codes. */
  readonly pairs: number
  /** How many of them had got through after so many steps. */
  readonly through: readonly { readonly steps: number; readonly pairs: number }[]
  /** Codes that no right pair gets through within the last of these. */
  readonly without: number
}

/** Every right pair of guesses of these trials, pinned where message passing stalls on the whole dictionary. */
export function crossing(shape: Shape, seed: string, trials: number): Crossing {
  const through = LOOKS.map(() => 0)
  let [codes, pairs, without] = [0, 0, 0]
  for (let trial = 0; trial < trials; trial++) {
    const { problem, subset } = drawTrial(shape, seed, trial)
    const root = new Decimation(problem.dictionary as BatchedDictionary, problem.code, shape.N, shape.k)
    root.advance(LOOKS[LOOKS.length - 1])
    if (root.noise < FALLEN) continue
    codes++
    const { indices, values } = root.passing.estimate
    const guessed = subset.filter((i) => {
      const value = values[indices.indexOf(i)] ?? 0
      return value >= GUESSED.least && value <= GUESSED.most
    })
    const before = through[through.length - 1]
    for (const [at, first] of guessed.entries()) {
      for (const second of guessed.slice(at + 1)) {
        pairs++
        const state = root.pin(first).pin(second)
        LOOKS.forEach((steps, look) => {
          state.advance(steps - (LOOKS[look - 1] ?? 0))
          if (state.noise < FALLEN) through[look]++
        })
      }
    }
    if (through[through.length - 1] === before) without++
  }
  return {
    ...shape,
    trials,
    codes,
    pairs,
    through: LOOKS.map((steps, look) => ({ steps, pairs: through[look] })),
    without,
  }
}
