import type { Verdict } from '../../ledger/claim.js'
import type { VerifyReport } from '../report.js'
import { checkedText, outcomeText, surenessText, tally, verdictMeaning, verdicts } from '../tally.js'
import { h } from './dom.js'

const marks: Readonly<Record<Verdict, string>> = {
  proved: '✓',
  supported: '≈',
  erratum: '✎',
  refuted: '✕',
  inconclusive: '?',
}

/** A verdict as a word with its mark: never by colour alone. */
export const badge = (verdict: Verdict): HTMLElement =>
  h(
    'span',
    { class: `badge ${verdict}` },
    h('span', { 'aria-hidden': 'true' }, marks[verdict]),
    ` ${verdict}`,
  )

/** The verdict at a glance: what was checked, what came out, how sure it is. */
export function overview(verify: VerifyReport): HTMLElement {
  const sum = tally(verify)
  const found = verdicts.filter((verdict) => sum.byVerdict[verdict] > 0)
  const good = sum.unexpected.length === 0
  return h(
    'header',
    { id: 'top' },
    h('p', { class: 'eyebrow' }, `dims-per-bit ${verify.version}`),
    h('h1', {}, 'Is the theory of superposition codes true?'),
    h(
      'div',
      { class: 'glance' },
      h('div', {}, h('h2', {}, 'What was checked'), h('p', {}, checkedText(sum))),
      h(
        'div',
        {},
        h('h2', {}, 'What came out'),
        h('p', { class: good ? 'outcome good' : 'outcome bad' }, `${good ? '✓' : '✕'} ${outcomeText(sum)}`),
        h(
          'div',
          { class: 'proportions', 'aria-hidden': 'true' },
          found.map((verdict) => h('span', { class: verdict, style: `flex-grow:${sum.byVerdict[verdict]}` })),
        ),
        h(
          'ul',
          { class: 'counts' },
          found.map((verdict) =>
            h(
              'li',
              {},
              h('strong', {}, String(sum.byVerdict[verdict])),
              badge(verdict),
              h('span', {}, verdictMeaning[verdict]),
            ),
          ),
        ),
      ),
      h('div', {}, h('h2', {}, 'How sure it is'), h('p', {}, surenessText(sum, verify))),
    ),
  )
}
