import { countingBound } from '../../bounds/counting-bound.js'
import { entropyBits } from '../../bounds/entropy.js'
import {
  boardsBySize,
  leaderboardCells,
  leaderboardColumns,
  leaderboardNote,
  type SizeBoard,
} from '../leaderboard.js'
import type { Leaderboard } from '../report.js'
import { dataTable, h, section } from './dom.js'
import { intervalStrips } from './interval-strips.js'
import { decoderLabel } from './names.js'
import { replayElement } from './replay.js'
import { typeset } from './typeset.js'

/** Where a row's interval is drawn. */
const STRIP = 3

/** Decoders by their dims per bit, a table for each size, against the counting bound. */
export const leaderboardSection = (board: Leaderboard): HTMLElement =>
  section(
    'leaderboard',
    'Who pays least',
    'Dims per bit at even odds, against the counting bound, below which no decoder reads every subset. The line in each strip is that bound.',
    boardsBySize(board).map((size) => [
      h('h3', {}, typeset(size.title)),
      size.rows.length > 0 && sizeTable(size),
      size.unreached.length > 0 && unreachedList(size),
    ]),
    h('p', { class: 'note' }, leaderboardNote(board)),
    replayElement(`npx ${board.command}`),
  )

function sizeTable({ title, rows }: SizeBoard): HTMLElement {
  const [{ N, k }] = rows
  const strips = intervalStrips(
    rows.map(({ interval }) => interval),
    [countingBound(N, k) / entropyBits(N, k)],
  )
  const head = [...leaderboardColumns.slice(0, STRIP), 'strip', ...leaderboardColumns.slice(STRIP)]
  return dataTable(
    title,
    head,
    rows.map((row, i) => {
      const cells = leaderboardCells(row)
      const name = h('strong', {}, decoderLabel(row.decoder))
      return [name, ...cells.slice(1, STRIP), strips[i], ...cells.slice(STRIP)]
    }),
    { numeric: head.map((_, c) => c).filter((c) => c !== 0 && c !== STRIP), stacked: true },
  )
}

const unreachedList = ({ unreached }: SizeBoard): HTMLElement =>
  h(
    'details',
    {},
    h('summary', {}, 'Without a row'),
    h(
      'ul',
      {},
      unreached.map(({ decoder, reason }) => h('li', {}, `${decoderLabel(decoder)}: ${reason}`)),
    ),
  )
