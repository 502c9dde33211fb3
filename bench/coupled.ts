import { existsSync, readFileSync } from 'node:fs'
import { coupledEvolution, evenCountsDimension } from '../src/bounds/coupled-evolution.js'
import { coupledDimension } from '../src/bounds/drawn-counts.js'
import { entropyBits } from '../src/bounds/entropy.js'
import { ampDimension } from '../src/bounds/state-evolution.js'
import { coupledLayout, parseCoupling } from '../src/codes/coupling.js'
import { type DrawnFamily, IDEAL } from '../src/codes/model/description.js'
import { modelOf } from '../src/codes/model/general.js'
import type { Model } from '../src/codes/model.js'
import { rademacherArena } from '../src/codes/rademacher.js'
import { sameSubset } from '../src/codes/subset.js'
import { drawTrial, type Shape } from '../src/codes/trial.js'
import { ampBernoulli } from '../src/decoders/amp/amp.js'
import { coupledAmp, coupledNoises } from '../src/decoders/amp/coupled-amp.js'
import { processorSeconds } from '../src/io/processor-time.js'
import { writeWhole } from '../src/io/write-atomic.js'
import { digitsText, sizeText } from '../src/results/number-text.js'
import { successCommandLine } from '../src/results/replay-command.js'
import { binomialInterval } from '../src/statistics/binomial-interval.js'

/**
 * AMP over coupled dictionaries: success by dimension, against AMP over random signs on the same subsets; whether an
 * answer that explains its code was ever wrong; and the sum of the noises v_r of the row blocks against state
 * evolution with the counts as drawn. Adds to reports/coupled.json, and writes reports/coupled.md from it.
 *
 *     node dist/bench/coupled.js rate coupled-amp coupled:5/8/10 16 100 538 60
 *     node dist/bench/coupled.js track coupled:5/8/10 16 100 560 100
 *     node dist/bench/coupled.js report
 *
 * decoder, dictionary, log2 N, k, d, trials: a run goes on from the trials that are there, and ends after 7 minutes.
 * Everything but the seconds, of the processor, is the same on every machine.
 */
const FILE = 'reports/coupled'
const SEED = 'coupled'
const CONFIDENCE = 0.95
const MOST_SECONDS = 420
const STEPS = 16

interface Rate extends Shape {
  readonly decoder: 'coupled-amp' | 'amp-bernoulli'
  readonly dictionary: DrawnFamily
  trials: number
  right: number
  /** Answers that explain their code, and are not the subset. */
  false: number
  passes: number
  seconds: number
}

interface Track extends Shape {
  readonly dictionary: DrawnFamily
  readonly codes: number
  /** By step from 0: means over codes of Σ v_r, as decoded and by state evolution. */
  readonly measured: readonly number[]
  readonly predicted: readonly number[]
}

interface Results {
  rates: Rate[]
  tracks: Track[]
}

const read = (): Results =>
  existsSync(`${FILE}.json`) ? JSON.parse(readFileSync(`${FILE}.json`, 'utf8')) : { rates: [], tracks: [] }

const keep = (results: Results) => writeWhole(`${FILE}.json`, `${JSON.stringify(results, undefined, 1)}\n`)

const modelWith = (dictionary: DrawnFamily): Model => modelOf({ ...IDEAL, dictionary })

function rate(decoder: Rate['decoder'], dictionary: DrawnFamily, shape: Shape, trials: number): void {
  const same = (one: Rate) =>
    one.decoder === decoder && one.dictionary === dictionary && key(one) === key(shape)
  const { decodeWithReport } = decoder === 'coupled-amp' ? coupledAmp() : ampBernoulli()
  const [model, arena] = [modelWith(dictionary), rademacherArena()]
  const counts = { right: 0, false: 0, passes: 0, seconds: 0 }
  const known = read().rates.find(same)
  const row: Rate = known ?? { decoder, dictionary, ...shape, trials: 0, ...counts }
  const started = performance.now()
  while (row.trials < trials && performance.now() - started < 1000 * MOST_SECONDS) {
    const before = process.cpuUsage()
    const { problem, subset } = drawTrial(shape, SEED, row.trials, arena, model)
    const { answer, residual, passes } = decodeWithReport(problem)
    const right = sameSubset(answer, subset)
    row.trials++
    row.right += Number(right)
    row.false += Number(!right && residual === 0)
    row.passes += passes
    row.seconds += processorSeconds(before)
    const results = read()
    keep({ ...results, rates: [...results.rates.filter((one) => !same(one)), row].sort(byPlace) })
  }
  process.stderr.write(`${decoder} ${dictionary} ${key(shape)}: ${row.right} of ${row.trials}\n`)
}

const key = ({ N, k, d }: Shape) => `${N} ${k} ${d}`
const byPlace = (a: Rate, b: Rate) =>
  a.k - b.k || a.N - b.N || b.decoder.localeCompare(a.decoder) || a.d - b.d

function track(dictionary: DrawnFamily, shape: Shape, codes: number): void {
  const { N, k, d } = shape
  const coupling = parseCoupling(dictionary)
  const { columns } = coupledLayout(coupling, N, d)
  const [model, arena] = [modelWith(dictionary), rademacherArena()]
  const [measured, predicted] = [new Float64Array(STEPS), new Float64Array(STEPS)]
  for (let trial = 0; trial < codes; trial++) {
    const { problem, subset } = drawTrial(shape, `${SEED} track`, trial, arena, model)
    const counts = columns.map(
      ({ first, size }) => subset.filter((i) => i >= first && i < first + size).length,
    )
    addTo(
      measured,
      coupledNoises(problem.dictionary, problem.code, k, { iterations: STEPS, patience: STEPS }),
    )
    addTo(predicted, coupledEvolution({ coupling, N, k, d, counts }))
  }
  const results = read()
  const row = {
    dictionary,
    ...shape,
    codes,
    measured: mean(measured, codes),
    predicted: mean(predicted, codes),
  }
  keep({ ...results, tracks: [...results.tracks.filter((one) => key(one) !== key(shape)), row] })
}

/** Σ v_r by step; an iteration that has ended has no noise left. */
function addTo(sums: Float64Array, path: readonly Float64Array[]): void {
  for (let t = 0; t < STEPS; t++) sums[t] += path[t]?.reduce((sum, v) => sum + v, 0) ?? 0
}

const mean = (sums: Float64Array, codes: number) =>
  Array.from(sums, (sum) => Number((sum / codes).toPrecision(6)))

function report(): void {
  const { rates, tracks } = read()
  const places = [...new Map(rates.map((one) => [`${one.N} ${one.k}`, one])).values()]
  writeWhole(
    `${FILE}.md`,
    [
      '# AMP over spatially coupled dictionaries',
      '',
      `Success of exact recovery by dimension; d/H with H = log2 C(N, k), all rows counted, those at the ends too. ` +
        `Intervals are exact binomial, ${100 * CONFIDENCE} %, of each rate by itself. Codes of the seed \`${SEED}\`; ` +
        'subsets are the same for all dictionaries of one N and k. "False" counts answers that explain their code ' +
        'and are not the subset. Seconds are of one core, drawing included, on a machine that others used.',
      'A rate is repeated by the command beside the table, with its d and its number of trials.',
      '',
      ...places.flatMap(({ N, k }) => placeText(rates.filter((one) => one.N === N && one.k === k))),
      '## The noise against state evolution',
      '',
      'Σ v_r by step, the mean over codes, over that of state evolution with the counts as drawn of the same codes ' +
        `(seed \`${SEED} track\`).`,
      '',
      `| dictionary | N | k | d | codes | ${Array.from({ length: STEPS }, (_, t) => t).join(' | ')} |`,
      `| :-- | --: | --: | --: | --: |${' --: |'.repeat(STEPS)}`,
      ...tracks.map(
        ({ dictionary, N, k, d, codes, measured, predicted }) =>
          `| ${dictionary} | ${sizeText(N)} | ${k} | ${d} | ${codes} | ` +
          `${measured.map((sum, t) => (sum / predicted[t]).toFixed(3)).join(' | ')} |`,
      ),
      '',
    ].join('\n'),
  )
}

function placeText(rates: readonly Rate[]): string[] {
  const { N, k } = rates[0]
  const bits = entropyBits(N, k)
  const share = (d: number) => (d / bits).toFixed(3)
  const coupled = rates.find(({ decoder }) => decoder === 'coupled-amp')
  const coupling = coupled && parseCoupling(coupled.dictionary)
  const laws = coupling
    ? `${coupling.text}: ${share(coupledDimension(coupling, N, k))} with counts as drawn, ` +
      `${share(evenCountsDimension(coupling, N, k))} with equal counts; `
    : ''
  return [
    `## N = ${sizeText(N)}, k = ${k}`,
    '',
    `By state evolution, dims per bit at even odds: ${laws}random signs ${share(ampDimension(N, k))}.`,
    '',
    ...(coupled
      ? [
          '    ' +
            successCommandLine({
              ...coupled,
              model: { ...IDEAL, dictionary: coupled.dictionary },
              method: 'simulation',
              seed: SEED,
            }),
          '',
        ]
      : []),
    '| decoder | dictionary | d | d/H | success | of | rate | interval | false | passes | seconds |',
    '| :-- | :-- | --: | --: | --: | --: | --: | :-- | --: | --: | --: |',
    ...rates.map((one) => {
      const { point, interval } = binomialInterval(one.right, one.trials, CONFIDENCE)
      return (
        `| ${one.decoder} | ${one.dictionary} | ${one.d} | ${share(one.d)} | ${one.right} | ${one.trials} ` +
        `| ${point.toFixed(3)} | ${interval.map((x) => x.toFixed(3)).join(' … ')} | ${one.false} ` +
        `| ${(one.passes / one.trials).toFixed(0)} | ${digitsText(one.seconds / one.trials, 2)} |`
      )
    }),
    '',
  ]
}

const [what, ...given] = process.argv.slice(2)
if (what === 'rate') {
  const [decoder, dictionary, power, k, d, trials] = given
  rate(
    decoder as Rate['decoder'],
    dictionary as DrawnFamily,
    { N: 2 ** Number(power), k: Number(k), d: Number(d) },
    Number(trials),
  )
} else if (what === 'track') {
  const [dictionary, power, k, d, codes] = given
  track(dictionary as DrawnFamily, { N: 2 ** Number(power), k: Number(k), d: Number(d) }, Number(codes))
}
report()
