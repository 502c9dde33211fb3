import { numberText } from '../../results/number-text.js'
import { dataTable, h } from './dom.js'
import { intervalStrips } from './interval-strips.js'

type Fields = Readonly<Record<string, unknown>>

/**
 * The numbers behind a row: lists of records as a table, with a strip for their intervals; anything else as names and
 * values. As JSON alone where the evidence has told it all.
 */
export function evidenceData(data: unknown, told = false): HTMLElement | undefined {
  if (data === undefined || data === null) return undefined
  return h(
    'div',
    { class: 'data' },
    !told && valueElement('value', data),
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

function valueElement(name: string, value: unknown): Node | string {
  if (isRecords(value)) return recordsTable(name, value)
  if (!isFields(value)) return scalarText(value)
  return h(
    'dl',
    {},
    Object.entries(value).flatMap(([inner, part]) => [
      h('dt', {}, inner),
      h('dd', {}, valueElement(inner, part)),
    ]),
  )
}

function recordsTable(name: string, records: readonly Fields[]): HTMLElement {
  const columns = [...new Set(records.flatMap(Object.keys))]
  const intervals = records.map(({ interval }) => (isInterval(interval) ? interval : undefined))
  const strips = intervals.some(Boolean) ? intervalStrips(intervals) : undefined
  const numeric = columns.flatMap((column, c) =>
    records.every((record) => typeof record[column] === 'number') ? [c] : [],
  )
  return dataTable(
    name,
    strips ? [...columns, ''] : columns,
    records.map((record, i) => [
      ...columns.map((column) => scalarText(record[column])),
      ...(strips ? [strips[i]] : []),
    ]),
    { numeric },
  )
}

const isInterval = (value: unknown): value is readonly [number, number] =>
  Array.isArray(value) && value.length === 2 && value.every(Number.isFinite)

function scalarText(value: unknown): string {
  if (value === undefined || value === null) return '–'
  if (typeof value === 'number') return numberText(value)
  if (isInterval(value)) return `[${value.map(numberText).join(', ')}]`
  if (Array.isArray(value)) return value.map(scalarText).join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
