import { code } from '../io/text/markdown.js'
import { quoted } from '../io/text/shell.js'
import { superscript } from '../results/number-text.js'
import type { FaultSummary } from '../success/estimation/fault-summary.js'
import type { Measurement } from '../success/estimation/measure-dimension.js'
import type { TaskContext } from '../success/estimation/run-tasks.js'
import { type DimensionTask, runTasks } from '../success/estimation/run-tasks.js'

const DECODERS = ['threshold', 'top-k', 'matching-pursuit']
const POWERS = [8, 12, 16, 20]
const SPARSITIES = [5, 10, 20, 28, 50, 100]
const PRECISION = 0.005
const CONFIDENCE = 0.95

/** The dimensions of even odds, as they are committed in reports/d50.json. */
export interface D50Table {
  readonly command: string
  readonly seed: string
  readonly confidence: number
  /** Largest half-width of an interval, relative. */
  readonly precision: number
  readonly rows: readonly Omit<Measurement, keyof FaultSummary | 'seconds' | 'confidence' | 'seed'>[]
}

const tasks: readonly DimensionTask[] = DECODERS.flatMap((decoder) =>
  POWERS.flatMap((power) =>
    SPARSITIES.map((k) => ({ decoder, N: 2 ** power, k, target: 0.5, precision: PRECISION })),
  ),
)

/** Measure d50 of the paper's decoders at its N and k; undefined where only a shard of the work was run. */
export async function d50Table(context: TaskContext): Promise<D50Table | undefined> {
  const { dimension } = await runTasks({ rates: [], dimensions: tasks, confidence: CONFIDENCE }, context)
  if (context.shard) return undefined
  const { seed } = context
  return {
    command: `dpb table --seed ${quoted(seed)}`,
    seed,
    confidence: CONFIDENCE,
    precision: PRECISION,
    rows: tasks.map((task) => {
      const { seconds, faults, faultCount, unanswered, confidence, seed, ...row } = dimension(task)
      return row
    }),
  }
}

/** The table for people: a block for each decoder, N across and k down, d50 ± its half-width and dims per bit. */
export function d50Markdown({ rows, command, confidence }: D50Table): string {
  const block = (decoder: string) => [
    `## ${decoder}`,
    '',
    `| k | ${POWERS.map((power) => `N = 2${superscript(power)}`).join(' | ')} |`,
    `| --: | ${POWERS.map(() => '--:').join(' | ')} |`,
    ...SPARSITIES.map((k) => `| ${k} | ${POWERS.map((power) => cell(decoder, 2 ** power, k)).join(' | ')} |`),
    '',
  ]
  const cell = (decoder: string, N: number, k: number): string => {
    const row = rows.find((row) => row.decoder === decoder && row.N === N && row.k === k)!
    const [low, high] = row.dimensionInterval
    return `${row.dimension.toFixed(1)} ± ${((high - low) / 2).toFixed(1)} (${row.dimsPerBit.toFixed(3)})`
  }
  return [
    '# The dimension of even odds',
    '',
    `d50 ± half of its ${100 * confidence} % interval, and in brackets dims per bit, d50 / log2 C(N, ` +
      `k). Given the members (no dictionary is built), made by ${code(`npx ${command}`)}.`,
    '',
    ...DECODERS.flatMap(block),
  ].join('\n')
}
