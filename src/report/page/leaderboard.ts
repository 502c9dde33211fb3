import { countingBound } from '../../bounds/counting-bound.js'
import { entropyBits } from '../../bounds/entropy.js'
import { intervalText, numberText } from '../format.js'
import type { MeasuredTable } from '../report.js'
import { dataTable, h, section } from './dom.js'
import { intervalStrips } from './interval-strips.js'
import type { Measured } from './measured.js'
import { decoderLabel, sizeText } from './names.js'
import { replayElement } from './replay.js'
import { typeset } from './typeset.js'

/** Decoders by their dims per bit, a table for each size, against the counting bound. */
export function leaderboardSection({ rows, confidence, command }: MeasuredTable): HTMLElement {
  const sizes = new Map<string, Measured[]>()
  for (const row of rows) {
    const size = `N = ${sizeText(row.N)}, k = ${row.k}`
    sizes.set(size, [...(sizes.get(size) ?? []), row])
  }
  return section(
    'leaderboard',
    'Who pays least',
    'Dims per bit at even odds, against the counting bound, below which no decoder reads every subset. The line in each strip is that bound.',
    [...sizes].map(([size, rows]) => [
      h('h3', {}, typeset(size)),
      sizeTable(
        size,
        rows.toSorted((a, b) => a.dimsPerBit - b.dimsPerBit),
      ),
    ]),
    h('p', { class: 'note' }, `Each interval ${numberText(100 * confidence)} %.`),
    replayElement(`npx ${command}`),
  )
}

function sizeTable(size: string, rows: readonly Measured[]): HTMLElement {
  const [{ N, k }] = rows
  const bound = countingBound(N, k) / entropyBits(N, k)
  const strips = intervalStrips(
    rows.map(({ interval }) => interval),
    [bound],
  )
  return dataTable(
    size,
    ['decoder', 'dims per bit', 'interval', 'strip', 'times the bound', 'trials'],
    rows.map(({ decoder, dimsPerBit, interval, trials }, i) => [
      h('strong', {}, decoderLabel(decoder)),
      dimsPerBit.toFixed(3),
      intervalText(interval),
      strips[i],
      (dimsPerBit / bound).toFixed(2),
      String(trials),
    ]),
    { numeric: [1, 2, 4, 5], stacked: true },
  )
}
