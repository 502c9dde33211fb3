import { countingBound } from '../bounds/counting-bound.js'
import { entropyBits } from '../bounds/entropy.js'
import { bounds } from '../bounds/plan.js'
import { drawTrial, type Shape } from '../codes/trial.js'
import { builtInDecoder, builtInDecoders } from '../decoders/table.js'
import { superscript } from '../report/format.js'
import { successCurve } from '../success/curve.js'
import { firstGuess } from '../success/first-guess.js'
import { measure } from '../success/measure.js'
import { recorded } from '../success/recorded.js'
import type { Method, Sampler } from '../success/sampler.js'
import { inShard } from '../success/shard.js'
import { outward, solve } from '../success/transition.js'
import type { FigureContext } from './maker.js'
import { methodOf } from './work.js'

/** One decoder at one size. */
export interface LeaderboardRow {
  readonly decoder: string
  readonly N: number
  readonly k: number
  /** d50. */
  readonly dimension: number
  readonly dimensionInterval: readonly [number, number]
  readonly dimsPerBit: number
  readonly interval: readonly [number, number]
  readonly method: Method
  readonly trials: number
  /** d99 and its interval; null where trials are simulated, which are too few for it. */
  readonly reliable: {
    readonly dimension: number
    readonly dimensionInterval: readonly [number, number]
  } | null
  /** Of one core, at d50: mean of three decodes. */
  readonly msPerDecode: number
  /** What the plan says its dimension should follow; null where it has no law for it. */
  readonly law: { readonly id: string; readonly dimension: number } | null
  /** d50 over the counting bound. */
  readonly timesBound: number
}

/** A decoder that has no row at one size. */
export interface Unreached {
  readonly decoder: string
  readonly N: number
  readonly k: number
  readonly reason: string
}

/** What is committed as reports/leaderboard.json. */
export interface Leaderboard {
  readonly command: string
  readonly seed: string
  readonly confidence: number
  readonly rows: readonly LeaderboardRow[]
  readonly unreached: readonly Unreached[]
}

export interface LeaderboardOptions {
  readonly sizes: readonly number[]
  readonly sparsities: readonly number[]
  /** Names; every built-in decoder unless given. */
  readonly decoders?: readonly string[]
  /** Seconds of one core that a simulated cell may take, roughly. */
  readonly budget: number
  /** Rows and reasons that are there already: they are kept where they are not measured again. */
  readonly before?: Pick<Leaderboard, 'rows' | 'unreached'>
  /** Called after every cell, with the board so far. */
  onCell?(board: Leaderboard): void
}

const CONFIDENCE = 0.95
const PRECISION = { even: 0.02, reliable: 0.05 }
/** Simulated trials a dimension: at most, and those below which a cell is not worth its time. */
const TRIALS = { most: 32, least: 10 }
/** Dimensions that finding d50 and its interval looks at, roughly. */
const LOOKS = 9
/** Decodes that are timed. */
const TIMED = 3

/**
 * d50 of the built-in decoders at every size. Given the members where a decoder has a rule for that, otherwise by few simulated trials,
 * whose number the budget sets: the interval then ends where they reject even odds on either side, at (1 − confidence)/2 each.
 */
export async function leaderboard(options: LeaderboardOptions, context: FigureContext): Promise<Leaderboard> {
  const { sizes, sparsities, decoders = builtInDecoders.map(({ name }) => name), before, onCell } = options
  const { seed, record, shard = { index: 1, of: 1 }, open, onProgress, signal } = context
  const board = {
    command: `dpb leaderboard --budget ${options.budget} --seed ${JSON.stringify(seed)}`,
    seed,
    confidence: CONFIDENCE,
    rows: [...(before?.rows ?? [])],
    unreached: [...(before?.unreached ?? [])],
  }
  const cells = inShard(
    decoders.flatMap((decoder) => sizes.flatMap((N) => sparsities.map((k) => ({ decoder, N, k })))),
    shard,
  )
  let done = 0
  for (const decoder of new Set(cells.map((cell) => cell.decoder))) {
    const sampler = recorded(await open(decoder, methodOf(decoder)), record)
    try {
      for (const { N, k } of cells.filter((cell) => cell.decoder === decoder)) {
        signal?.throwIfAborted()
        const found = await measured(sampler, N, k, options.budget, seed, signal)
        const other = (row: Unreached | LeaderboardRow) =>
          row.decoder !== decoder || row.N !== N || row.k !== k
        board.rows = board.rows.filter(other)
        board.unreached = board.unreached.filter(other)
        if ('reason' in found) board.unreached.push(found)
        else board.rows.push(found)
        onProgress?.(++done / cells.length)
        onCell?.(board)
      }
    } finally {
      await sampler.close()
    }
  }
  record.settle()
  return board
}

async function measured(
  sampler: Sampler,
  N: number,
  k: number,
  budget: number,
  seed: string,
  signal: AbortSignal | undefined,
): Promise<LeaderboardRow | Unreached> {
  const { decoder, method } = sampler
  const unreached = (reason: string): Unreached => ({ decoder, N, k, reason })
  const guess = firstGuess(decoder, N, k, 0.5)
  const refusal = builtInDecoder(decoder)!.refuses?.({ N, k, d: Math.ceil(guess) })
  if (refusal) return unreached(refusal)
  const finish = async (
    at: Pick<LeaderboardRow, 'dimension' | 'dimensionInterval' | 'trials' | 'reliable'>,
  ): Promise<LeaderboardRow> => {
    const bits = entropyBits(N, k)
    const law = bounds.findLast((bound) => bound.decoder === decoder && bound.kind === 'law')
    return {
      decoder,
      N,
      k,
      ...at,
      dimsPerBit: at.dimension / bits,
      interval: [at.dimensionInterval[0] / bits, at.dimensionInterval[1] / bits],
      method,
      msPerDecode: 1000 * (await secondsPerDecode(decoder, { N, k, d: Math.ceil(at.dimension) }, seed)),
      law: law ? { id: law.id, dimension: law.dimension({ N, k, p: 0.5 }) } : null,
      timesBound: at.dimension / countingBound(N, k),
    }
  }
  if (method === 'conditional') {
    const at = (target: number, precision: number) =>
      measure(sampler, { N, k, target, precision, confidence: CONFIDENCE, seed, signal })
    const even = await at(0.5, PRECISION.even)
    const { dimension, dimensionInterval } = await at(0.99, PRECISION.reliable)
    return finish({ ...even, reliable: { dimension, dimensionInterval } })
  }
  const seconds = await secondsPerDecode(decoder, { N, k, d: Math.ceil(guess) }, seed)
  const trials = Math.min(TRIALS.most, Math.floor(budget / (LOOKS * seconds)))
  if (trials < TRIALS.least) {
    return unreached(`a decode takes ${seconds.toPrecision(2)} s: too few in ${budget} s for an interval`)
  }
  const curve = successCurve(sampler, {
    N,
    k,
    seed,
    from: 0,
    trials,
    window: 1,
    onFaults: () => {},
    signal,
  })
  const place = await solve(curve, 0.5, { start: guess, slope: 10, tolerance: 1.1, most: 16 * guess })
  if ('unreached' in place) return unreached(`below even odds at 16 times d = ${Math.round(guess)}`)
  const ends = { dimension: place.dimension, reach: 0.05, farthest: Math.LN2 }
  const low = await outward('below', curve, 0.5, (1 - CONFIDENCE) / 2, ends)
  const high = await outward('above', curve, 0.5, (1 - CONFIDENCE) / 2, ends)
  if (!('end' in low && 'end' in high))
    return unreached(`${trials} trials tell no interval within a factor of 2`)
  return finish({
    dimension: place.dimension,
    dimensionInterval: [low.end.x, high.end.x],
    trials,
    reliable: null,
  })
}

async function secondsPerDecode(name: string, shape: Shape, seed: string): Promise<number> {
  const decoder = builtInDecoder(name)!
  let total = 0
  for (let trial = 0; trial < TIMED; trial++) {
    const { problem } = drawTrial(shape, seed, trial)
    const start = process.cpuUsage()
    await decoder.decode(problem)
    const { user, system } = process.cpuUsage(start)
    total += (user + system) / 1e6
  }
  return total / TIMED
}

/** The board for people: a table a size, best first, and what has no row with its reason. */
export function leaderboardMarkdown({ rows, unreached, command, confidence }: Leaderboard): string {
  const sizes = [...new Set([...rows, ...unreached].map(({ N, k }) => JSON.stringify([N, k])))]
    .map((size): [number, number] => JSON.parse(size))
    .sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const range = ([low, high]: readonly [number, number], digits: number) =>
    `${low.toFixed(digits)} … ${high.toFixed(digits)}`
  const line = (row: LeaderboardRow) => [
    row.decoder,
    row.dimsPerBit.toFixed(3),
    range(row.interval, 3),
    row.dimension.toFixed(0),
    row.reliable ? row.reliable.dimension.toFixed(0) : '–',
    row.law ? `${row.law.dimension.toFixed(0)} (${row.law.id})` : '–',
    row.timesBound.toFixed(2),
    row.msPerDecode.toPrecision(2),
    `${row.trials} ${row.method === 'conditional' ? 'given the members' : 'simulated'}`,
  ]
  const block = ([N, k]: [number, number]) => [
    `## N = 2${superscript(Math.log2(N))}, k = ${k}`,
    '',
    '| decoder | dims per bit | interval | d50 | d99 | law | × counting bound | ms a decode | trials |',
    '| :-- | --: | :-- | --: | --: | --: | --: | --: | --: |',
    ...rows
      .filter((row) => row.N === N && row.k === k)
      .toSorted((a, b) => a.dimsPerBit - b.dimsPerBit)
      .map((row) => `| ${line(row).join(' | ')} |`),
    '',
    ...unreached
      .filter((row) => row.N === N && row.k === k)
      .map(({ decoder, reason }) => `* ${decoder}: no row, ${reason}`),
    '',
  ]
  return [
    '# Leaderboard',
    '',
    `Dims per bit at even odds, each with its ${100 * confidence} % interval, made by \`npx ${command}\`. d99 is given where it is found without simulation.`,
    '',
    ...sizes.flatMap(block),
  ].join('\n')
}
