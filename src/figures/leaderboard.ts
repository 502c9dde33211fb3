import { countingBound } from '../bounds/counting-bound.js'
import { entropyBits } from '../bounds/entropy.js'
import { boundsOf } from '../bounds/plan.js'
import { rademacherArena } from '../codes/rademacher.js'
import { drawTrial, type Shape } from '../codes/trial.js'
import { builtInDecoder, builtInDecoders } from '../decoders/table.js'
import type { Leaderboard, LeaderboardRow, Unreached } from '../report/report.js'
import { successCurve } from '../success/curve.js'
import { firstGuess } from '../success/first-guess.js'
import { measure } from '../success/measure.js'
import { recorded } from '../success/recorded.js'
import type { Sampler } from '../success/sampler.js'
import { inShard } from '../success/shard.js'
import { outward, solve } from '../success/transition.js'
import type { FigureContext } from './maker.js'
import { methodOf } from './work.js'

export interface LeaderboardOptions {
  readonly sizes: readonly number[]
  readonly sparsities: readonly number[]
  /** Names; every built-in decoder unless given. */
  readonly decoders?: readonly string[]
  /** Seconds of one core that a simulated cell may take, roughly. */
  readonly budget: number
  /** Whether to find d50 alone: d99 of a pursuit at k = 100 takes half an hour. */
  readonly evenOnly?: boolean
  /** Rows and reasons that are there already: they are kept where they are not measured again. */
  readonly before?: Pick<Leaderboard, 'rows' | 'unreached'>
  /** Called after every cell, with the board so far. */
  onCell?(board: Leaderboard): void
}

const CONFIDENCE = 0.95
const PRECISION = { even: 0.02, reliable: 0.05 }
/** Simulated trials a dimension: at most, and those below which a cell is not worth its time. */
const TRIALS = { most: 32, least: 10 }
/** Simulated trials a dimension for d99: at a rate of 0.99 all of so many succeed with probability 0.018, so that a higher rate can be told. */
const RELIABLE_TRIALS = 400
/** Dimensions that finding d50 and its interval looks at, roughly. */
const LOOKS = 9
/** Decodes are timed until they have taken so many seconds together, and are so many. */
const TIMED = { seconds: 0.1, fewest: 3 }

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
    rows: (before?.rows ?? []).map((row) => ({ ...row, law: lawOf(row.decoder, row.N, row.k) })),
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
        const found = await measured(sampler, N, k, options, seed, signal)
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

/** The law that d50 of this decoder should follow. */
function lawOf(decoder: string, N: number, k: number): LeaderboardRow['law'] {
  const law = boundsOf(decoder).findLast(({ kind }) => kind === 'law')
  return law ? { id: law.id, dimension: law.dimension({ N, k, p: 0.5 }) } : null
}

async function measured(
  sampler: Sampler,
  N: number,
  k: number,
  { budget, evenOnly }: LeaderboardOptions,
  seed: string,
  signal: AbortSignal | undefined,
): Promise<LeaderboardRow | Unreached> {
  const { decoder, method } = sampler
  const unreached = (reason: string): Unreached => ({ decoder, N, k, reason })
  const guess = firstGuess(decoder, N, k, 0.5)
  const refusal = builtInDecoder(decoder)!.refuses?.({ N, k, d: Math.ceil(guess) })
  if (refusal) return unreached(refusal)
  const finish = async ({
    dimension,
    dimensionInterval,
    trials,
    reliable,
  }: Pick<
    LeaderboardRow,
    'dimension' | 'dimensionInterval' | 'trials' | 'reliable'
  >): Promise<LeaderboardRow> => {
    const bits = entropyBits(N, k)
    return {
      decoder,
      N,
      k,
      dimension,
      dimensionInterval,
      dimsPerBit: dimension / bits,
      interval: [dimensionInterval[0] / bits, dimensionInterval[1] / bits],
      method,
      trials,
      reliable,
      msPerDecode: 1000 * (await secondsPerDecode(decoder, { N, k, d: Math.ceil(dimension) }, seed)),
      law: lawOf(decoder, N, k),
      timesBound: dimension / countingBound(N, k),
    }
  }
  if (method === 'conditional') {
    const at = (target: number, precision: number) =>
      measure(sampler, { N, k, target, precision, confidence: CONFIDENCE, seed, signal })
    const even = await at(0.5, PRECISION.even)
    if (evenOnly) return finish({ ...even, reliable: null })
    const { dimension, dimensionInterval } = await at(0.99, PRECISION.reliable)
    return finish({ ...even, reliable: { dimension, dimensionInterval } })
  }
  const seconds = await secondsPerDecode(decoder, { N, k, d: Math.ceil(guess) }, seed)
  const trials = Math.min(TRIALS.most, Math.floor(budget / (LOOKS * seconds)))
  if (trials < TRIALS.least) {
    return unreached(`a decode takes ${seconds.toPrecision(2)} s: too few in ${budget} s for an interval`)
  }
  const simulated = async (
    target: number,
    trials: number,
    start: number,
  ): Promise<NonNullable<LeaderboardRow['reliable']> | string> => {
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
    const place = await solve(curve, target, { start, slope: 10, tolerance: 1.1, most: 16 * start })
    if ('unreached' in place) return `below success ${target} at 16 times d = ${Math.round(start)}`
    const ends = { dimension: place.dimension, reach: 0.05, farthest: Math.LN2 }
    const low = await outward('below', curve, target, (1 - CONFIDENCE) / 2, ends)
    const high = await outward('above', curve, target, (1 - CONFIDENCE) / 2, ends)
    if (!('end' in low && 'end' in high)) return `${trials} trials tell no interval within a factor of 2`
    return { dimension: place.dimension, dimensionInterval: [low.end.x, high.end.x] }
  }
  const even = await simulated(0.5, trials, guess)
  if (typeof even === 'string') return unreached(even)
  const affordable = !evenOnly && LOOKS * RELIABLE_TRIALS * seconds <= budget
  const reliable = affordable && (await simulated(0.99, RELIABLE_TRIALS, 1.25 * even.dimension))
  return finish({ ...even, trials, reliable: typeof reliable === 'object' ? reliable : null })
}

/** The median over decodes of one trial after another, in seconds of processor time: the first of them run code that is not yet compiled. */
async function secondsPerDecode(name: string, shape: Shape, seed: string): Promise<number> {
  const decoder = builtInDecoder(name)!
  const arena = rademacherArena()
  const times: number[] = []
  for (let total = 0; total < TIMED.seconds || times.length < TIMED.fewest; total += times.at(-1)!) {
    const { problem } = drawTrial(shape, seed, times.length, arena)
    const start = process.cpuUsage()
    await decoder.decode(problem)
    const { user, system } = process.cpuUsage(start)
    times.push((user + system) / 1e6)
  }
  return times.sort((a, b) => a - b)[times.length >> 1]
}
