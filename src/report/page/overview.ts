import type { Verdict } from '../../ledger/claim.js'
import type { VerificationReport } from '../../results/report.js'
import {
  allPassed,
  checkedText,
  expectationText,
  outcomeText,
  surenessText,
  tally,
  verdictClass,
  verdictMeaning,
  verdicts,
} from '../tally.js'
import { h } from './dom.js'
import { type MarkName, mark } from './mark.js'
import { priceList } from './reference.js'
import { termsElement } from './terms.js'

const marks: Readonly<Record<Verdict, MarkName>> = {
  proved: 'check',
  supported: 'about',
  'in part': 'half',
  erratum: 'pencil',
  refuted: 'cross',
  inconclusive: 'question',
}

/** A verdict as a word with its mark: never by colour alone. */
export const badge = (verdict: Verdict): HTMLElement =>
  h('span', { class: `badge ${verdictClass(verdict)}` }, mark(marks[verdict]), ` ${verdict}`)

/** The verdict at a glance: what was checked, what came out, how sure it is. */
export function overview(verify: VerificationReport): HTMLElement {
  const sum = tally(verify)
  const found = verdicts.filter((verdict) => sum.byVerdict[verdict] > 0)
  const good = allPassed(sum)
  return h(
    'header',
    { id: 'top' },
    h('p', { class: 'eyebrow' }, `dims-per-bit ${verify.version}`),
    h('h1', {}, 'Is the theory of superposition codes true?'),
    h(
      'div',
      { class: 'glance' },
      h('div', { class: 'checked' }, h('h2', {}, 'What was checked'), h('p', {}, checkedText(sum))),
      h(
        'div',
        { class: 'result' },
        h('h2', {}, 'What came out'),
        h('p', { class: 'outcome' }, outcomeText(sum)),
        h(
          'div',
          { class: 'proportions', 'aria-hidden': 'true' },
          found.map((verdict) =>
            h('span', { class: verdictClass(verdict), style: `flex-grow:${sum.byVerdict[verdict]}` }),
          ),
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
        h(
          'p',
          { class: good ? 'expectation good' : 'expectation bad' },
          mark(good ? 'check' : 'cross'),
          ` ${expectationText(sum)}`,
        ),
      ),
      h('div', { class: 'terms' }, h('h2', {}, 'The words'), termsElement()),
      h('div', { class: 'sure' }, h('h2', {}, 'How sure it is'), h('p', {}, surenessText(sum, verify))),
      verify.reference.length > 0 &&
        h('div', { class: 'price' }, h('h2', {}, 'What a bit costs'), priceList(verify.reference)),
    ),
  )
}
