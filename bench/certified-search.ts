import { existsSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { entropyBits } from '../src/bounds/entropy.js'
import { sameSubset } from '../src/codes/subset.js'
import { drawTrial } from '../src/codes/trial.js'
import { certifiedSearch } from '../src/decoders/certified-search/certified-search.js'
import { processorSeconds } from '../src/io/processor-time.js'
import { writeWhole } from '../src/io/write-atomic.js'
import { toDecimals } from '../src/numerics/round.js'
import { binomialInterval } from '../src/statistics/binomial-interval.js'
import { type Crossing, crossing } from './certified-crossing.js'

/**
 * Success of certified search against dims per bit and what it may spend. Keeps the cells of
 * reports/certified-search.json at other settings. Everything but the seconds is the same on every machine.
 *
 *     node dist/bench/certified-search.js [--ratios 0.6,0.7] [--passes 4000] [--trials 100]
 *     node dist/bench/certified-search.js --crossing 40
 */
const N = 2 ** 16
const k = 20
const SEED = 'certified-search'
const CONFIDENCE = 0.95
const FILE = 'reports/certified-search.json'
/** What was tried on the way, on 8 to 200 instances each at d/H = 0.60. */
const IDEAS = 'bench/certified-search.md'
/** Dims per bit at which right guesses are followed. */
const CROSSED = 0.6

interface Cell {
  readonly ratio: number
  readonly d: number
  /** Passes over the dictionary that a decode may spend. */
  readonly passes: number
  readonly trials: number
  /** Trials certified, and those of them whose answer is the subset that was sent. */
  readonly certified: number
  readonly right: number
  /** By AMP alone, before the first try. */
  readonly withoutSearch: number
  /** Passes that each certified trial had spent, in rising order: what a smaller budget would have reached. */
  readonly spent: readonly number[]
  readonly interval: readonly [number, number]
  /** Of one core, a decode. */
  readonly meanSeconds: number
  readonly longestSeconds: number
}

function measured(ratio: number, passes: number, trials: number): Cell {
  const d = dimension(ratio)
  const decoder = certifiedSearch({ passes })
  const spent: number[] = []
  const seconds: number[] = []
  let [right, withoutSearch] = [0, 0]
  for (let trial = 0; trial < trials; trial++) {
    const { problem, subset } = drawTrial({ N, k, d }, SEED, trial)
    const before = process.cpuUsage()
    const report = decoder.decodeWithReport(problem)
    seconds.push(processorSeconds(before))
    if (report.converged) spent.push(report.passes)
    if (report.converged && report.iterations === 0) withoutSearch++
    if (sameSubset(report.answer, subset)) right++
  }
  return {
    ratio,
    d,
    passes,
    trials,
    certified: spent.length,
    right,
    withoutSearch,
    spent: spent.sort((a, b) => a - b),
    interval: binomialInterval(right, trials, CONFIDENCE).interval,
    meanSeconds: toDecimals(seconds.reduce((sum, s) => sum + s, 0) / trials, 2),
    longestSeconds: toDecimals(Math.max(...seconds), 2),
  }
}

/** What the file holds. */
interface Results {
  readonly cells: readonly Cell[]
  readonly crossing?: Crossing
}

function crossingText({ trials, codes, pairs, through, without, d }: Crossing): string {
  const counts = through.map((look) => `${look.pairs} after ${look.steps}`)
  return (
    `Of all ${pairs} right pairs of guesses on ${codes} codes that AMP alone does not read (d = ${d}), ` +
    `this many got through: ${counts.join(', ')} steps. ${without} codes have no pair that does. Made by ` +
    `\`node dist/bench/certified-search.js --crossing ${trials}\`.`
  )
}

function markdown({ cells, crossing }: Results): string {
  const budgets = [...new Set(cells.map(({ passes }) => passes))]
  return [
    '# Certified search: what a smaller dimension costs',
    '',
    `N = 2¹⁶, k = ${k}, H = ${entropyBits(N, k).toFixed(1)} bits; every answer counted is the subset ` +
      `that was sent. Intervals are exact binomial, ${100 * CONFIDENCE} %; seconds are of one core, on a ` +
      'machine that others used as well.',
    'Made by `node dist/bench/certified-search.js --passes 400` and with other budgets; all but the ' +
      'seconds follow from the seed.',
    '',
    ...budgets.flatMap((passes) => [
      `## A budget of ${passes} passes over the dictionary`,
      '',
      '| d/H | d | right | interval | by AMP alone | mean s | longest s |',
      '| --: | --: | --: | :-- | --: | --: | --: |',
      ...cells
        .filter((cell) => cell.passes === passes)
        .map(
          (cell) =>
            `| ${cell.ratio} | ${cell.d} | ${cell.right} of ${cell.trials} | ` +
            `${cell.interval.map((x) => x.toFixed(2)).join(' … ')} | ${cell.withoutSearch} | ` +
            `${cell.meanSeconds} | ${cell.longestSeconds} |`,
        ),
      '',
    ]),
    '## What stops it, and what did not help',
    '',
    ...(crossing ? [crossingText(crossing), ''] : []),
    readFileSync(IDEAS, 'utf8'),
  ].join('\n')
}

const { values } = parseArgs({
  options: {
    ratios: { type: 'string', default: '0.8,0.7,0.65,0.6,0.55,0.5' },
    passes: { type: 'string', default: '400' },
    trials: { type: 'string', default: '20' },
    crossing: { type: 'string' },
  },
})
const dimension = (ratio: number) => Math.round(ratio * entropyBits(N, k))
const results = (): Results => (existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : { cells: [] })

function keep(change: Partial<Results>) {
  const all = { N, k, seed: SEED, confidence: CONFIDENCE, ...results(), ...change }
  writeWhole(FILE, `${JSON.stringify(all, null, 2)}\n`)
  writeWhole('reports/certified-search.md', markdown(all))
}

if (values.crossing) {
  const found = crossing({ N, k, d: dimension(CROSSED) }, SEED, Number(values.crossing))
  keep({ crossing: found })
  process.stderr.write(`${crossingText(found)}\n`)
} else {
  for (const ratio of values.ratios.split(',').map(Number)) {
    const cell = measured(ratio, Number(values.passes), Number(values.trials))
    const others = results().cells.filter((c) => c.ratio !== ratio || c.passes !== cell.passes)
    keep({ cells: [...others, cell].sort((a, b) => a.passes - b.passes || a.ratio - b.ratio) })
    process.stderr.write(
      `${ratio} (d = ${cell.d}): ${cell.right} of ${cell.trials} within ${cell.passes} passes, ` +
        `${cell.meanSeconds} s each\n`,
    )
  }
}
