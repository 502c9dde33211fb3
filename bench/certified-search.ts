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
 *     node dist/bench/certified-search.js [--ratios 0.6,0.7] [--passes 4000] [--trials 100]
 */
const N = 2 ** 16
const k = 20
const SEED = 'certified-search'
const CONFIDENCE = 0.95
const FILE = 'reports/certified-search.json'

/** What was tried on the way, on 8 to 30 instances each at d/H = 0.60. */
const IDEAS = [
  '## What stops it, and what did not help',
  '',
  'State evolution has a barrier between where AMP stalls and where it falls to zero: in the potential ½∫(kM(1/v)/v − d) dv/v it is 3 nats high at 0.60 dims per bit, 8 at 0.55, 14 at 0.50 (N = 2^16, k = 20); at N = 2^20, k = 28 it is 11, 20 and 32. A set of a few right guesses crosses it with probability about e^−6.5 at 0.60 in the median, e^−4.4 in the easiest quarter and less than e^−14 in the hardest; so the cost grows by about e every 0.01 dims per bit. At 0.60, of 15,200 sets drawn by posterior mean, 385 were right and crossed it: 246 after one guess, 97 after two, 36 after three, 6 after more.',
  '',
  '* Few steps between guesses: with 2 steps of AMP after a guess in place of 8 a try succeeds e^4 times less often (median).',
  '* Guessing what is already likely: codewords with posterior mean above 0.7 are nearly known; they add guesses, not information.',
  '* A hard cut of small posterior means, instead of lowering all by it: it breaks the Onsager term, and the noise is underrated by a half within 15 steps.',
  '* Exact discrete scores, atanh(X/k) in place of X/k: the matched filter is already the best linear score, no gain (z of members 2.81 against 2.81).',
  '* Normalising the posterior to k members, damping, the variance from the posterior in place of the residual: 3 to 6 of 24 at 0.65, as without.',
  '* Beam search over sets of guesses (300 sets, scored by log posterior, by residual energy, by the Bethe free energy, or by a fitted mixture of these): right sets lead up to 3 or 4 guesses, then sink; no score told right from wrong sets of 4 to 6 well enough.',
  '* A tree of in and out decisions on the likeliest codeword: the right path costs 16 nats in the median at 0.60, more than guesses drawn by posterior mean do.',
  '* Exchange moves and tempering on ‖X − FY‖²: not run to the end, since the same potential at a temperature where the walk still moves (a tenth of the noise of k codewords) has a barrier of 15 nats at 0.60.',
  '* Building upon the third of guesses that leave least noise in place of the half, favouring them more, or up to 8 guesses in place of 5: 33 of the first 78 instances within 2,400 passes, as without. What is not read then is not a matter of order.',
  '* A shortlist of 2048 loses about half a nat a try against 4096; 8192 gains nothing that it does not cost.',
]

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

function markdown(cells: readonly Cell[]): string {
  const budgets = [...new Set(cells.map(({ passes }) => passes))]
  return [
    '# Certified search: what a smaller dimension costs',
    '',
    `N = 2^16, k = ${k}, H = ${entropyBits(N, k).toFixed(1)} bits; every answer counted is the subset that was sent. Intervals are exact binomial, ${100 * CONFIDENCE} %; seconds are of one core, on a machine that others used as well.`,
    'Made by `node dist/bench/certified-search.js --passes 400` and with other budgets; all but the seconds follow from the seed.',
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
            `| ${cell.ratio} | ${cell.d} | ${cell.right} of ${cell.trials} | ${cell.interval.map((x) => x.toFixed(2)).join(' … ')} | ${cell.withoutSearch} | ${cell.meanSeconds} | ${cell.longestSeconds} |`,
        ),
      '',
    ]),
    ...IDEAS,
    '',
  ].join('\n')
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
  writeWhole('reports/certified-search.md', markdown(cells))
  process.stderr.write(
    `${ratio} (d = ${cell.d}): ${cell.right} of ${cell.trials} within ${cell.passes} passes, ${cell.meanSeconds} s each\n`,
  )
}
