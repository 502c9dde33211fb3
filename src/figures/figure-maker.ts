import type { Figure } from '../results/figure.js'
import type { TaskContext } from '../success/estimation/run-tasks.js'

/** One figure of `dpb figure`. */
export interface FigureMaker {
  /** As on the command line. */
  readonly id: string
  readonly title: string
  /** Made whole in minutes: no trials are kept in a record, and none shared out. */
  readonly whole?: true
  /** The figure; undefined where only a shard of its work was run. */
  make(context: TaskContext): Promise<Figure | undefined>
}
