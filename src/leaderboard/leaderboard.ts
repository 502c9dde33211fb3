import { builtInDecoders } from '../decoders/built-in.js'
import { quoted } from '../io/text/shell.js'
import type { Leaderboard, LeaderboardRow, Unreached } from '../results/report.js'
import { inLanes, methodOf, type TaskContext } from '../success/estimation/run-tasks.js'
import { recorded } from '../success/records/recording-sampler.js'
import { inShard } from '../success/records/shard.js'
import type { Sampler } from '../success/trials/sampler.js'
import { FULL_BOARD } from './full-board.js'
import { evenRow, lawOf, reliableOf } from './leaderboard-row.js'

export interface LeaderboardOptions {
  readonly sizes: readonly number[]
  readonly sparsities: readonly number[]
  /** Names; every built-in decoder unless given. */
  readonly decoders?: readonly string[]
  /** Seconds of one core that either dimension of a simulated cell may take, roughly. */
  readonly budget: number
  /** Whether to find d50 alone. */
  readonly evenOnly?: boolean
  /** Whether to measure only what `before` does not have: cells without a row, and d99 where a row has none. */
  readonly missing?: boolean
  /** Rows and reasons that are there already: they are kept where they are not measured again. */
  readonly before?: Pick<Leaderboard, 'command' | 'seed' | 'rows' | 'unreached'>
  /** Called after every cell, with the board so far. */
  onCell?(board: Leaderboard): void
}

type Cell = Pick<LeaderboardRow, 'decoder' | 'N' | 'k'>

const CONFIDENCE = 0.95

/**
 * d50 and d99 of the built-in decoders at every size. Given the members where a decoder has a rule for that,
 * otherwise by whole decodes: few for d50, as the budget has time for, whose interval then ends where they reject
 * even odds on either side at (1 − confidence)/2 each; for d99 those of `reliableDimension`. A cell whose search
 * gives up has a reason in place of a row.
 */
export async function leaderboard(options: LeaderboardOptions, context: TaskContext): Promise<Leaderboard> {
  const { sizes, sparsities, decoders = builtInDecoders.map(({ name }) => name), before, onCell } = options
  const { budget, evenOnly, missing } = options
  const { seed, record, shard = { index: 1, of: 1 }, open, onProgress, signal } = context
  const rows = (before?.rows ?? []).map((row) => ({ ...row, law: lawOf(row.decoder, row.N, row.k) }))
  const known = (cell: Cell) => (missing ? rows.find((row) => sameCell(row, cell)) : undefined)
  const all = decoders.flatMap((decoder) => sizes.flatMap((N) => sparsities.map((k) => ({ decoder, N, k }))))
  const cells = inShard(
    all.filter((cell) => {
      const row = known(cell)
      return !(row && (evenOnly || row.reliable))
    }),
    shard,
  )
  const made = before && cells.length === 0 ? before : { command: commandOf(options, cells, seed), seed }
  const board = {
    command: made.command,
    seed: made.seed,
    confidence: CONFIDENCE,
    rows,
    unreached: [...(before?.unreached ?? [])],
  }
  let done = 0
  const work = async (sampler: Sampler, cell: Cell) => {
    signal?.throwIfAborted()
    const at = { ...cell, seed, confidence: CONFIDENCE, budget, signal }
    const row = known(cell) ?? (await evenRow(sampler, at))
    const found =
      'reason' in row || evenOnly ? row : { ...row, reliable: await reliableOf(sampler, row.dimension, at) }
    board.rows = board.rows.filter((row) => !sameCell(row, cell))
    board.unreached = board.unreached.filter((row) => !sameCell(row, cell))
    if ('reason' in found) board.unreached.push(found)
    else board.rows.push(found)
    onProgress?.(++done / cells.length)
    onCell?.(board)
  }
  for (const decoder of new Set(cells.map((cell) => cell.decoder))) {
    const sampler = recorded(await open(decoder, methodOf(decoder)), record)
    try {
      const mine = cells.filter((cell) => cell.decoder === decoder)
      await inLanes(mine, sampler.reportsParts ? mine.length : 1, (cell) => work(sampler, cell))
    } finally {
      await sampler.close()
    }
  }
  record.settle()
  return board
}

/** What makes the board again: this run alone, or after those that made what it keeps. */
function commandOf(options: LeaderboardOptions, cells: readonly Cell[], seed: string): string {
  const { missing, before } = options
  const asked = `${selection(options)} --budget ${options.budget} --seed ${quoted(seed)}`
  const kept = [...(before?.rows ?? []), ...(before?.unreached ?? [])]
  const alone = !missing && kept.every((row) => cells.some((cell) => sameCell(row, cell)))
  if (!before || alone) return `dpb leaderboard${asked}`
  // What is missing may be measured in several runs of one call; any other call counts where it is made.
  const calls = before.command.split(AND).slice(missing ? 0 : -1)
  const again = [`leaderboard${asked}`, `leaderboard --missing${asked}`]
  if (calls.some((call) => again.includes(call.replace(/^dpb /, '')))) return before.command
  return `${before.command}${AND}leaderboard${missing ? ' --missing' : ''}${asked}`
}

const AND = ' && npx dpb '

/** The options that choose cells, where they choose others than the whole board. */
function selection({ decoders, sizes, sparsities, evenOnly }: LeaderboardOptions): string {
  const lists = { decoders, sizes: others(sizes, 'sizes'), sparsities: others(sparsities, 'sparsities') }
  const given = Object.entries(lists).map(([option, list]) => (list ? ` --${option} ${list.join(',')}` : ''))
  return `${given.join('')}${evenOnly ? ' --even-only' : ''}`
}

const others = (list: readonly number[], which: keyof typeof FULL_BOARD) =>
  list.join() === FULL_BOARD[which].join() ? undefined : list

const sameCell = (a: Unreached | Cell, b: Cell) => a.decoder === b.decoder && a.N === b.N && a.k === b.k
