import type { Report } from '../../results/report.js'
import { h } from './dom.js'
import { figuresSection } from './figures.js'
import { gateSection } from './gate.js'
import { leaderboardSection } from './leaderboard.js'
import { ledgerSection } from './ledger.js'
import { takeLabels } from './names.js'
import { overview } from './overview.js'
import { plannerSection } from './planner.js'
import { provenance } from './provenance.js'
import { isOfReading, readableSection } from './readable.js'
import { referenceSection } from './reference.js'

const {
  verify,
  figures = [],
  d50,
  leaderboard,
  labels = {},
}: Report = JSON.parse(document.getElementById('report')!.textContent!)

takeLabels(labels)

const read = figures.filter(isOfReading)
const drawn = figures.filter((figure) => !isOfReading(figure))

const sections = [
  ledgerSection(verify.claims, figures),
  ...(read.length > 0 ? [readableSection(read)] : []),
  plannerSection(d50),
  ...(drawn.length > 0 ? [figuresSection(drawn)] : []),
  ...(leaderboard ? [leaderboardSection(leaderboard)] : []),
  ...(verify.reference.length > 0 ? [referenceSection(verify.reference)] : []),
  ...(verify.gate.length > 0 ? [gateSection(verify.gate)] : []),
  provenance(verify),
]

document.body.append(
  overview(verify),
  h(
    'nav',
    { 'aria-label': 'Sections' },
    sections.map((section) => h('a', { href: `#${section.id}` }, section.querySelector('h2')!.textContent!)),
  ),
  h('main', {}, sections),
)

// Paper shows everything that the screen hides behind a click.
const closed = () => document.querySelectorAll<HTMLDetailsElement>('details:is(.row, .board):not([open])')
addEventListener('beforeprint', () => {
  const opened = [...closed()]
  for (const row of opened) row.open = true
  addEventListener(
    'afterprint',
    () =>
      opened.forEach((row) => {
        row.open = false
      }),
    { once: true },
  )
})
