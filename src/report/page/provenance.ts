import { quoted } from '../../io/text/shell.js'
import { powerText } from '../../results/number-text.js'
import type { VerificationReport } from '../../results/report.js'
import { dataTable, h, section } from './dom.js'
import { fold } from './fold.js'
import { replayElement } from './replay.js'

/** How the run was made, and who may spend how much of the false-alarm budget. */
export function provenance({ version, seed, budget, environment }: VerificationReport): HTMLElement {
  const facts = {
    'dims-per-bit': version,
    seed,
    'Node.js': environment.node,
    kernel: environment.kernel,
    'false alarms, whole run': `at most ${powerText(budget.total)}`,
  }
  return section(
    'run',
    'How the run was made',
    'The same version and seed give the same numbers on every machine and with any number of threads.',
    h(
      'dl',
      { class: 'facts' },
      Object.entries(facts).flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]),
    ),
    replayElement(`npx dpb verify --seed ${quoted(seed)}`),
    budget.rows.length > 0 &&
      fold('budget', h('h3', {}, 'The false-alarm budget, row by row'), false, budgetTable(budget)),
  )
}

const budgetTable = ({ rows }: VerificationReport['budget']): HTMLElement =>
  dataTable(
    'The false-alarm budget',
    ['row', 'weight', 'false alarm at most'],
    rows.map(({ id, weight, share }) => [h('a', { href: `#${id}` }, id), String(weight), powerText(share)]),
    { numeric: [1, 2] },
  )
