import type { Row } from '../../ledger/claim.js'
import type { Figure } from '../../results/figure.js'
import { countText } from '../../results/number-text.js'
import { evidenceOf, rowAlarmText, verdicts } from '../tally.js'
import { h, section } from './dom.js'
import { evidenceData } from './evidence.js'
import { figureAnchor } from './figures.js'
import { fold, isWide } from './fold.js'
import { badge } from './overview.js'
import { replayElement } from './replay.js'
import { typeset } from './typeset.js'

/** Which rows a reader wants to see; an empty set means all of them. */
interface Filter {
  readonly kinds: Set<string>
  readonly verdicts: Set<string>
  words: string
}

/** The ledger: rows that open, and filters by kind, verdict and words. */
export function ledgerSection(rows: readonly Row[], figures: readonly Figure[]): HTMLElement {
  const filter: Filter = { kinds: new Set(), verdicts: new Set(), words: '' }
  const items = rows.map((row) => ({ row, element: rowElement(row, figures) }))
  const status = h('p', { class: 'status', role: 'status' })
  const groups = groupElements(items)
  const apply = () => {
    for (const { row, element } of items) element.hidden = !matches(row, filter)
    const shown = items.filter(({ element }) => !element.hidden).length
    for (const group of groups) {
      group.hidden = !group.querySelector('.row:not([hidden])')
      if (shown < rows.length) group.open = true
    }
    status.textContent = shown === rows.length ? `${rows.length} rows` : `${shown} of ${rows.length} rows`
  }
  apply()
  const present = verdicts.filter((verdict) => rows.some((row) => row.verdict === verdict))
  const list = h('div', { class: 'rows', keydown: (event) => moveAmongRows(event as KeyboardEvent) }, groups)
  return section(
    'ledger',
    'The ledger',
    'One row a statement. A row opens to its evidence and to the command that checks it again.',
    h(
      'div',
      { class: 'filters' },
      toggles('Verdict', present, filter.verdicts, apply),
      toggles('Kind', [...new Set(rows.map(({ kind }) => kind))], filter.kinds, apply),
      h(
        'label',
        { class: 'search' },
        h('span', {}, 'Words'),
        h('input', {
          type: 'search',
          input: (event) => {
            filter.words = (event.target as HTMLInputElement).value.trim().toLowerCase()
            apply()
          },
        }),
      ),
      status,
    ),
    list,
  )
}

/** Rows in two parts: what does not simply hold, and what does, which a narrow screen folds away. */
function groupElements(items: readonly { row: Row; element: HTMLElement }[]): HTMLDetailsElement[] {
  const held = ({ row }: { row: Row }) => row.passed && ['proved', 'supported'].includes(row.verdict)
  const parts = [
    { title: 'Refuted, misprinted, in part or undecided', rows: items.filter((item) => !held(item)) },
    { title: 'Proved or supported', rows: items.filter(held) },
  ]
  return parts
    .filter(({ rows }) => rows.length > 0)
    .map(({ title, rows }, i) =>
      fold(
        title,
        h('h3', {}, `${title}: ${countText(rows.length, 'row')}`),
        i === 0 || isWide(),
        rows.map(({ element }) => element),
      ),
    )
}

const matches = (row: Row, { kinds, verdicts, words }: Filter): boolean =>
  (kinds.size === 0 || kinds.has(row.kind)) &&
  (verdicts.size === 0 || verdicts.has(row.verdict)) &&
  (words === '' ||
    `${row.id} ${row.statement} ${row.source} ${evidenceOf(row)}`.toLowerCase().includes(words))

/** Buttons that put their value into a set, or take it out. */
function toggles(
  title: string,
  values: readonly string[],
  chosen: Set<string>,
  changed: () => void,
): HTMLElement {
  return h(
    'div',
    { role: 'group', 'aria-label': `Filter by ${title.toLowerCase()}`, class: 'toggles' },
    h('span', { 'aria-hidden': 'true' }, title),
    values.map((value) =>
      h(
        'button',
        {
          type: 'button',
          'aria-pressed': 'false',
          'data-value': value,
          click: (event) => {
            if (!chosen.delete(value)) chosen.add(value)
            ;(event.currentTarget as Element).setAttribute('aria-pressed', String(chosen.has(value)))
            changed()
          },
        },
        value,
      ),
    ),
  )
}

/** Arrow keys walk through the visible rows. */
function moveAmongRows(event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  const target = event.target as HTMLElement
  if (step === undefined || target.tagName !== 'SUMMARY') return
  const summaries = [
    ...(event.currentTarget as Element).querySelectorAll<HTMLElement>('details.row:not([hidden]) > summary'),
  ]
  summaries[summaries.indexOf(target) + step]?.focus()
  event.preventDefault()
}

function rowElement(row: Row, figures: readonly Figure[]): HTMLDetailsElement {
  const shown = figures.filter(({ id }) => new RegExp(`Figure ${id}\\b`).test(row.source))
  return h(
    'details',
    { id: row.id, class: 'row' },
    h(
      'summary',
      {},
      badge(row.verdict),
      h('span', { class: 'statement' }, typeset(row.statement)),
      h('span', { class: 'place' }, row.source),
      !row.passed && h('strong', { class: 'unexpected' }, `expected: ${row.expected}`),
    ),
    h(
      'div',
      { class: 'finding' },
      h('p', { class: 'evidence' }, typeset(evidenceOf(row))),
      evidenceData(row.id, row.data, row.kind === 'slip'),
      h(
        'p',
        { class: 'facts' },
        `${row.kind} · `,
        `false alarm ${rowAlarmText(row)} · `,
        h('a', { href: `#${row.id}` }, row.id),
        shown.map((figure) => [' · ', h('a', { href: `#${figureAnchor(figure)}` }, `Figure ${figure.id}`)]),
      ),
      replayElement(row.replay),
    ),
  )
}
