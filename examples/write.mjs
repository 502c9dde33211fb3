// What the worked examples make of their results: files for people, and a record that the ledger's rows rest on.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeFigure } from 'dims-per-bit/figures'

/** A table in Markdown. */
export const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

/** A rate or a number and its interval. */
export const within = (value, [low, high], digits = 2) =>
  `${value.toFixed(digits)} [${low.toFixed(digits)}, ${high.toFixed(digits)}]`

/** Rows of `capacity`, as their record keeps them. */
export const kept = ({ decoder, prepare, target, sparsity, interval, dimsPerBit, trials }) => ({
  decoder,
  prepare,
  target,
  sparsity: Number(sparsity.toFixed(3)),
  interval,
  dimsPerBit: dimsPerBit === null ? null : Number(dimsPerBit.toFixed(4)),
  trials,
})

/** Those rows at one success rate: a decoder a line, a preparation a column. */
export function capacityTable(rows, target) {
  const some = rows.filter((row) => row.target === target)
  const [decoders, prepares] = ['decoder', 'prepare'].map((field) => [
    ...new Set(some.map((row) => row[field])),
  ])
  const cell = (decoder, prepare) => {
    const row = some.find((one) => one.decoder === decoder && one.prepare === prepare)
    return row === undefined ? '–' : within(row.sparsity, row.interval, 1)
  }
  return table(
    [`k at ${100 * target} %`, ...prepares],
    decoders.map((decoder) => [decoder, ...prepares.map((prepare) => cell(decoder, prepare))]),
  )
}

/** Write NAME.md, figures/figure-NAME.* and ledger/NAME.json below a folder. */
export function writeResults(folder, name, { text, figure, record }) {
  for (const part of ['figures', 'ledger']) mkdirSync(join(folder, part), { recursive: true })
  writeFileSync(join(folder, `${name}.md`), text)
  writeFigure(figure, join(folder, 'figures'))
  writeFileSync(join(folder, 'ledger', `${name}.json`), `${JSON.stringify(record)}\n`)
  console.log(
    `written to ${folder}: ${name}.md, figures/figure-${name}.svg, .csv and .json, ledger/${name}.json`,
  )
}
