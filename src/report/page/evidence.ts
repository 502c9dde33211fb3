import { numberText, sizeText } from '../../results/number-text.js'
import { dataTable, h } from './dom.js'
import { intervalStrips } from './interval-strips.js'
import { typeset } from './typeset.js'
import { wordsOf } from './words.js'

type Fields = Readonly<Record<string, unknown>>

/** The most values of a list that are written out; all of them stand in the JSON. */
const SHOWN = 8

/**
 * The numbers behind a row: lists of records as a table, with a strip for their intervals; anything else as names, in
 * words, and values. As JSON alone where the evidence has told it all.
 */
export function evidenceData(row: string, data: unknown, told = false): HTMLElement | undefined {
  if (data === undefined || data === null) return undefined
  return h(
    'div',
    { class: 'data' },
    !told && valueElement(row, 'value', data),
    h(
      'details',
      { class: 'raw' },
      h('summary', {}, 'as JSON'),
      h('pre', { tabindex: 0 }, JSON.stringify(data, null, 2)),
    ),
  )
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isRecords = (value: unknown): value is readonly Fields[] =>
  Array.isArray(value) && value.length > 0 && value.every(isFields)

function valueElement(row: string, name: string, value: unknown): Node | Node[] | string {
  if (isRecords(value)) return recordsTable(row, name, value)
  if (name === 'command') return h('code', {}, String(value))
  if (name === 'commands') return (value as string[]).map((command) => h('code', {}, command))
  if (!isFields(value)) return scalarText(value)
  return h(
    'dl',
    {},
    Object.entries(value).flatMap(([inner, part]) => [
      h('dt', {}, ...typeset(wordsOf(row, inner))),
      h('dd', {}, valueElement(row, inner, part)),
    ]),
  )
}

function recordsTable(row: string, name: string, records: readonly Fields[]): HTMLElement {
  const columns = [...new Set(records.flatMap(Object.keys))]
  const intervals = records.map(({ interval }) => (isInterval(interval) ? interval : undefined))
  const strips = intervals.some(Boolean) ? intervalStrips(intervals) : undefined
  const numeric = columns.flatMap((column, c) =>
    records.every((record) => typeof record[column] === 'number') ? [c] : [],
  )
  const titles = columns.map((column) => wordsOf(row, column))
  return dataTable(
    wordsOf(row, name),
    strips ? [...titles, ''] : titles,
    records.map((record, i) => [
      ...columns.map((column) => cell(row, column, record[column])),
      ...(strips ? [strips[i]] : []),
    ]),
    { numeric },
  )
}

/** What a record holds in a cell: the parts of an inner record, and of a list of them, a line each. */
function cell(row: string, column: string, value: unknown): Node[] | Node | string {
  if (isRecords(value)) return value.map((inner) => cell(row, column, inner) as Node)
  if (!isFields(value)) return column === 'N' ? sizeText(Number(value)) : scalarText(value)
  const parts = Object.entries(value).map(([name, part]) => `${wordsOf(row, name)} ${scalarText(part)}`)
  return h('div', { class: 'inner' }, parts.join(', '))
}

const isInterval = (value: unknown): value is readonly [number, number] =>
  Array.isArray(value) && value.length === 2 && value.every(Number.isFinite)

function scalarText(value: unknown): string {
  if (value === undefined || value === null) return '–'
  if (typeof value === 'number') return numberText(value)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (isInterval(value)) return `[${value.map(numberText).join(', ')}]`
  if (!Array.isArray(value)) return isFields(value) ? JSON.stringify(value) : String(value)
  const text = value
    .slice(0, SHOWN)
    .map((part) => (Array.isArray(part) ? `(${scalarText(part)})` : scalarText(part)))
    .join(', ')
  return value.length > SHOWN ? `${text}, … (${value.length})` : text
}
