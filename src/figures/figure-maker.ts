import type { Figure } from '../results/figure.js'
import type { Shard } from '../success/records/shard.js'
import type { TrialRecord } from '../success/records/trial-record.js'
import type { Method, Sampler } from '../success/trials/sampler.js'

/** What a figure is made with. */
export interface FigureContext {
  readonly seed: string
  /** What is there already is not run again; all else is added to it. */
  readonly record: TrialRecord
  /** Run only this part of the work, into the record. */
  readonly shard?: Shard | undefined
  open(decoder: string, method: Method): Promise<Sampler>
  /** Called with the share of the work that is done, in [0, 1]. */
  onProgress?(done: number): void
  readonly signal?: AbortSignal | undefined
}

/** One figure of `dpb figure`. */
export interface FigureMaker {
  /** As on the command line. */
  readonly id: string
  readonly title: string
  /** The figure; undefined where only a shard of its work was run. */
  make(context: FigureContext): Promise<Figure | undefined>
}
