import { quoted } from '../io/text/shell.js'
import type { Figure } from '../results/figure.js'
import { type DimensionTask, type RateTask, type Results, runTasks } from '../success/estimation/run-tasks.js'
import type { FigureMaker } from './figure-maker.js'

/** Of every interval in a figure, each by itself. */
const CONFIDENCE = 0.95

/** A figure that is drawn from a list of rates and of dimensions. */
export function sampledFigure(
  about: Pick<FigureMaker, 'id' | 'title'>,
  rates: readonly RateTask[],
  dimensions: readonly DimensionTask[],
  draw: (results: Results) => Omit<Figure, 'id' | 'title' | 'command' | 'seed' | 'confidence'>,
): FigureMaker {
  return {
    ...about,
    async make(context) {
      const { seed, shard } = context
      const results = await runTasks({ rates, dimensions, confidence: CONFIDENCE }, context)
      if (shard) return undefined
      const command = `dpb figure ${about.id} --seed ${quoted(seed)}`
      return { ...about, command, seed, confidence: CONFIDENCE, ...draw(results) }
    },
  }
}
