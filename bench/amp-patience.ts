import { sameSubset } from '../src/codes/subset.js'
import { drawTrial, type Shape } from '../src/codes/trial.js'
import { ampBernoulli, ampSoft } from '../src/decoders/amp/amp.js'
import { processorSeconds } from '../src/io/processor-time.js'
import { writeWhole } from '../src/io/write-atomic.js'
import { digitsText, sizeText } from '../src/results/number-text.js'
import { binomialInterval } from '../src/statistics/binomial-interval.js'

/**
 * What patience is worth to approximate message passing: success, passes and time against the steps that it goes on
 * after its noise was at its least, on the same codes. Writes reports/amp-patience.md. Everything but the
 * milliseconds is the same on every machine.
 *
 *     node dist/bench/amp-patience.js
 */
const SEED = 'amp-patience'
const CONFIDENCE = 0.95
const PATIENCES = [5, 10, 20, 30, 60, 100]

const decoders = {
  'amp-bernoulli': (patience: number) => ampBernoulli({ patience }),
  'amp-soft': (patience: number) => ampSoft(true, { patience }),
  'amp-soft-signed': (patience: number) => ampSoft(false, { patience }),
  'amp-bernoulli-without-onsager': (patience: number) => ampBernoulli({ onsager: false, patience }),
  'amp-soft-without-onsager': (patience: number) => ampSoft(true, { onsager: false, patience }),
}

/**
 * Near d50, and for the first decoder some 8 % below it; trials enough to tell a few points of a hundred at the
 * smaller sizes.
 */
const cells: readonly (Shape & { decoder: keyof typeof decoders; trials: number })[] = [
  { decoder: 'amp-bernoulli', N: 2 ** 8, k: 10, d: 35, trials: 2000 },
  { decoder: 'amp-bernoulli', N: 2 ** 8, k: 10, d: 32, trials: 2000 },
  { decoder: 'amp-bernoulli', N: 2 ** 10, k: 16, d: 70, trials: 1000 },
  { decoder: 'amp-bernoulli', N: 2 ** 10, k: 16, d: 65, trials: 1000 },
  { decoder: 'amp-bernoulli', N: 2 ** 12, k: 28, d: 146, trials: 400 },
  { decoder: 'amp-bernoulli', N: 2 ** 12, k: 28, d: 135, trials: 400 },
  { decoder: 'amp-bernoulli', N: 2 ** 16, k: 28, d: 235, trials: 200 },
  { decoder: 'amp-bernoulli', N: 2 ** 16, k: 28, d: 216, trials: 200 },
  { decoder: 'amp-soft', N: 2 ** 8, k: 10, d: 36, trials: 2000 },
  { decoder: 'amp-soft', N: 2 ** 12, k: 28, d: 160, trials: 400 },
  { decoder: 'amp-soft', N: 2 ** 16, k: 28, d: 271, trials: 100 },
  { decoder: 'amp-soft-signed', N: 2 ** 8, k: 10, d: 42, trials: 2000 },
  { decoder: 'amp-soft-signed', N: 2 ** 12, k: 28, d: 186, trials: 400 },
  { decoder: 'amp-bernoulli-without-onsager', N: 2 ** 8, k: 10, d: 70, trials: 2000 },
  { decoder: 'amp-bernoulli-without-onsager', N: 2 ** 12, k: 28, d: 303, trials: 400 },
  { decoder: 'amp-soft-without-onsager', N: 2 ** 8, k: 10, d: 85, trials: 2000 },
  { decoder: 'amp-soft-without-onsager', N: 2 ** 12, k: 28, d: 391, trials: 400 },
]

const rows: string[] = []
for (const { decoder, trials, ...shape } of cells) {
  for (const patience of PATIENCES) {
    const { decodeWithReport } = decoders[decoder](patience)
    let [right, passes] = [0, 0]
    let seconds = 0
    for (let trial = 0; trial < trials; trial++) {
      const { problem, subset } = drawTrial(shape, SEED, trial)
      const before = process.cpuUsage()
      const report = decodeWithReport(problem)
      seconds += processorSeconds(before)
      passes += report.passes
      if (sameSubset(report.answer, subset)) right++
    }
    const { point, interval } = binomialInterval(right, trials, CONFIDENCE)
    const ends = interval.map((x) => x.toFixed(3)).join(' … ')
    const { N, k, d } = shape
    rows.push(
      `| ${decoder} | ${sizeText(N)} | ${k} | ${d} | ${trials} | ${patience} | ${point.toFixed(3)} ` +
        `| ${ends} | ${(passes / trials).toFixed(1)} | ${digitsText((1000 * seconds) / trials, 2)} |`,
    )
    process.stderr.write(`${rows.at(-1)}\n`)
  }
}

writeWhole(
  'reports/amp-patience.md',
  [
    '# What patience is worth to approximate message passing',
    '',
    'Success against the steps that it goes on after its noise was at its least, of at most 100 (soft ' +
      `threshold: 300); the same codes, of the seed \`${SEED}\`, for all patiences of a row. Intervals ` +
      `are exact binomial, ${100 * CONFIDENCE} %, of each rate by itself: two rates of one shape differ ` +
      'by codes that are in both, so their difference is known better than that. Milliseconds are of one ' +
      'core, on a machine that others used as well.',
    'Made by `node dist/bench/amp-patience.js`; all but the milliseconds follow from the seed.',
    '',
    '| decoder | N | k | d | trials | patience | success | interval | passes | ms |',
    '| :-- | --: | --: | --: | --: | --: | --: | :-- | --: | --: |',
    ...rows,
    '',
  ].join('\n'),
)
