import { intervalText, numberText, sizeText } from '../results/number-text.js'
import type { Leaderboard, LeaderboardRow, Unreached } from '../results/report.js'

/** The columns of a board; all but the first two hold numbers. */
export const leaderboardColumns = [
  'decoder',
  'rank',
  'dims per bit',
  'interval',
  'times the bound',
  'd50',
  'd99',
  'law of d50',
  'ms a decode',
  'trials',
] as const

/** A row's cells. A – stands where there is no number. */
export const leaderboardCells = (row: RankedRow): string[] => [
  row.decoder,
  row.rank,
  row.dimsPerBit.toFixed(3),
  intervalText(row.interval),
  row.timesBound.toFixed(2),
  row.dimension.toFixed(0),
  row.reliable
    ? `${row.reliable.dimension.toFixed(0)} ${intervalText(row.reliable.dimensionInterval, 0)}`
    : '–',
  row.law ? row.law.dimension.toFixed(0) : '–',
  numberText(Number(row.msPerDecode.toPrecision(2))),
  `${row.trials}${row.method === 'conditional' ? '*' : ''}`,
]

/** A row and the ranks that it may have: `3`, or `2–5` where its interval overlaps others'. */
export interface RankedRow extends LeaderboardRow {
  readonly rank: string
}

/** The board of one size: its rows, the fewest dims per bit first, and the decoders that have none. */
export interface SizeBoard {
  readonly title: string
  readonly rows: readonly RankedRow[]
  readonly unreached: readonly Unreached[]
}

/** A board for each size, the smallest first. */
export function boardsBySize({ rows, unreached }: Leaderboard): SizeBoard[] {
  const sizes = new Map([...rows, ...unreached].map(({ N, k }) => [`${N} ${k}`, { N, k }]))
  return [...sizes.values()]
    .sort((a, b) => a.N - b.N || a.k - b.k)
    .map(({ N, k }) => {
      const here = (row: Unreached | LeaderboardRow) => row.N === N && row.k === k
      return {
        title: `N = ${sizeText(N)}, k = ${k}`,
        rows: ranked(rows.filter(here)),
        unreached: unreached.filter(here),
      }
    })
}

/** Rows by their dims per bit. Rows whose intervals overlap are not ranked against each other. */
function ranked(rows: readonly LeaderboardRow[]): RankedRow[] {
  return rows
    .toSorted((a, b) => a.dimsPerBit - b.dimsPerBit)
    .map((row) => {
      const better = rows.filter((other) => other.interval[1] < row.interval[0]).length
      const worse = rows.filter((other) => other.interval[0] > row.interval[1]).length
      const [first, last] = [1 + better, rows.length - worse]
      return { ...row, rank: first === last ? `${first}` : `${first}–${last}` }
    })
}

/** What the numbers of a board are. */
export function leaderboardNote({ confidence, rows }: Leaderboard): string {
  const lacking = rows.some(({ reliable }) => !reliable) ? ', – where none was found in its time' : ''
  return (
    `At even odds, each interval ${100 * confidence} % by itself; rows whose intervals overlap share ranks. ` +
    'The bound is what counting leaves any decoder that reads every subset. ' +
    `d99 has its interval beside it${lacking}. Trials with a * are computed ` +
    'given the members, the others are whole decodes. Times are means, of one core at d50. Over random signs: sparse ' +
    'graph codes with BCH bins peel from 1.36 on, as published (Karimi et al. 2019), and AMP over spatially coupled ' +
    'dictionaries reads below that of random ones (reports/coupled.md).'
  )
}
