import { existsSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { entropyBits } from '../src/bounds/entropy.js'
import { sameSubset } from '../src/codes/subset.js'
import { drawTrial } from '../src/codes/trial.js'
import { certifiedSearch } from '../src/decoders/certified-search/certified-search.js'
import { binomialInterval } from '../src/statistics/binomial-interval.js'
import { writeWhole } from '../src/success/atomic-write.js'

/**
 * Success of certified search against dims per bit and what it may spend. Keeps the cells of reports/certified-search.json at other
 * settings. Everything but the seconds is the same on every machine.
 *
 *     node dist/bench/certified-search.js [--ratios 0.6,0.7] [--passes 400] [--trials 20]
 */
const N = 2 ** 16
const k = 20
const SEED = 'certified-search'
const CONFIDENCE = 0.95
const FILE = 'reports/certified-search.json'

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
  const d = Math.round(ratio * entropyBits(N, k))
  const decoder = certifiedSearch({ passes })
  const spent: number[] = []
  const seconds: number[] = []
  let [right, withoutSearch] = [0, 0]
  for (let trial = 0; trial < trials; trial++) {
    const { problem, subset } = drawTrial({ N, k, d }, SEED, trial)
    const before = process.cpuUsage()
    const report = decoder.decodeWithReport(problem)
    const { user, system } = process.cpuUsage(before)
    seconds.push((user + system) / 1e6)
    if (report.converged) spent.push(report.passes)
    if (report.converged && report.iterations === 0) withoutSearch++
    if (sameSubset(report.answer, subset)) right++
  }
  const rounded = (s: number) => Math.round(100 * s) / 100
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
    meanSeconds: rounded(seconds.reduce((sum, s) => sum + s, 0) / trials),
    longestSeconds: rounded(Math.max(...seconds)),
  }
}

const { values } = parseArgs({
  options: {
    ratios: { type: 'string', default: '0.8,0.7,0.65,0.6,0.55,0.5' },
    passes: { type: 'string', default: '400' },
    trials: { type: 'string', default: '20' },
  },
})
for (const ratio of values.ratios.split(',').map(Number)) {
  const cell = measured(ratio, Number(values.passes), Number(values.trials))
  const old: Cell[] = existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')).cells : []
  const cells = [...old.filter((c) => c.ratio !== ratio || c.passes !== cell.passes), cell].sort(
    (a, b) => a.passes - b.passes || a.ratio - b.ratio,
  )
  writeWhole(FILE, `${JSON.stringify({ N, k, seed: SEED, confidence: CONFIDENCE, cells }, null, 2)}\n`)
  process.stderr.write(
    `${ratio} (d = ${cell.d}): ${cell.right} of ${cell.trials} within ${cell.passes} passes, ${cell.meanSeconds} s each\n`,
  )
}
