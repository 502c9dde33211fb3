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

/** A link opens what it leads to. */
function openLinked(): void {
  const target = document.getElementById(location.hash.slice(1))
  if (!target?.matches('details, figure')) return
  const inner = target.querySelector<HTMLElement>(':scope > details')
  for (let part: HTMLElement | null = inner ?? target; part; part = part.parentElement) {
    if (part instanceof HTMLDetailsElement) part.open = true
  }
  requestAnimationFrame(() => target.scrollIntoView())
}

// Paper shows everything that the screen hides behind a click; what has a file of its own stays there. This comes
// before the figures, which draw what is open.
addEventListener('beforeprint', () => {
  const closed = document.querySelectorAll<HTMLDetailsElement>('details:not([open], .raw, .numbers)')
  for (const part of closed) part.open = true
  addEventListener(
    'afterprint',
    () => {
      for (const part of closed) part.open = false
    },
    { once: true },
  )
})

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

openLinked()
addEventListener('hashchange', openLinked)
