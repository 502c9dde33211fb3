import { countingBound } from '../../bounds/counting-bound.js'
import { entropyBits } from '../../bounds/entropy.js'
import type { Leaderboard } from '../../results/report.js'
import {
  boardsBySize,
  leaderboardCells,
  leaderboardColumns,
  leaderboardNote,
  type SizeBoard,
} from '../leaderboard.js'
import { dataTable, h, section } from './dom.js'
import { fold, isWide } from './fold.js'
import { intervalStrips } from './interval-strips.js'
import { decoderLabel } from './names.js'
import { replayElement } from './replay.js'
import { typeset } from './typeset.js'

/** Where a row's interval is drawn. */
const STRIP = 4

/** The best decoders that the line of a closed table names. */
const NAMED = 3

/**
 * Decoders by their dims per bit, a table for each size that opens, against the counting bound. Where there
 * is room the fullest is open.
 */
export const leaderboardSection = (board: Leaderboard): HTMLElement => {
  const sizes = boardsBySize(board)
  const most = Math.max(...sizes.map(({ rows }) => rows.length))
  const fullest = sizes.findLast(({ rows }) => rows.length === most)
  return section(
    'leaderboard',
    'Who pays least',
    'Dims per bit at even odds, against the counting bound, below which no decoder reads every subset. ' +
      'The line in each strip is that bound; the strips’ axis is logarithmic.',
    sizes.map((size) =>
      fold(
        `board ${size.title}`,
        [h('h3', {}, typeset(size.title)), best(size)],
        size === fullest && isWide(),
        size.rows.length > 0 && sizeTable(size),
        size.unreached.length > 0 && unreachedList(size),
      ),
    ),
    h('p', { class: 'note' }, leaderboardNote(board)),
    replayElement(`npx ${board.command}`),
  )
}

const best = ({ rows }: SizeBoard): HTMLElement =>
  h(
    'span',
    { class: 'within' },
    rows
      .slice(0, NAMED)
      .map(({ decoder, dimsPerBit }) => `${decoderLabel(decoder)} ${dimsPerBit.toFixed(2)}`)
      .join(' · '),
  )

function sizeTable({ title, rows }: SizeBoard): HTMLElement {
  const [{ N, k }] = rows
  const strips = intervalStrips(
    rows.map(({ interval }) => interval),
    [countingBound(N, k) / entropyBits(N, k)],
    Math.log,
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
    { class: 'unreached' },
    h('summary', {}, 'Without a row'),
    h(
      'ul',
      {},
      unreached.map(({ decoder, reason }) => h('li', {}, `${decoderLabel(decoder)}: ${reason}`)),
    ),
  )
