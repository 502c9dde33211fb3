import { answerText, type Feasibility, feasibilities, mostSuccess } from '../../bounds/feasibility.js'
import { generalPlan } from '../../bounds/general/general-plan.js'
import { type Plan, type PlannedBound, plan } from '../../bounds/plan.js'
import { isIdeal } from '../../codes/model/description.js'
import {
  digitsText,
  dimensionText,
  intervalText,
  numberText,
  plannedText,
  sizeText,
} from '../../results/number-text.js'
import type { MeasuredTable } from '../../results/report.js'
import { dataTable, h, section } from './dom.js'
import { fold, isWide } from './fold.js'
import { ladder } from './ladder.js'
import { mark } from './mark.js'
import { type Measured, measuredNear } from './measured.js'
import { modelPlanElements } from './model-plan.js'
import { decoderLabel, kindMarks } from './names.js'
import { onNewWidth } from './on-new-width.js'
import {
  addressOf,
  commandOf,
  type FieldName,
  fields,
  type Question,
  questionOf,
  questionWith,
  read,
} from './question.js'
import { replayElement } from './replay.js'
import { typeset } from './typeset.js'

/** Milliseconds without a key after which an answer is made: one with a model takes most of a second. */
const PAUSE = 180

const examples: readonly (readonly [string, Partial<Question>])[] = [
  ['the paper’s reference point', {}],
  ['a sparse autoencoder on 768 dimensions', { N: '131072', k: '32', d: '768' }],
  [
    'the same with noise and amplitudes',
    { N: '131,072', k: '32', d: '768', noise: '10%', amplitudes: 'half-normal' },
  ],
  ['10^100 codewords', { N: '10^100', k: '1000' }],
]

/** Bounds, laws and rules for the reader's own sizes and model, computed here by the library's own modules. */
export function plannerSection(table?: MeasuredTable): HTMLElement {
  const inputs = fields.map(field)
  const answer = h('div', { id: 'plan', 'aria-live': 'polite' })
  const asked = () => questionWith((name) => inputs.find(({ input }) => input.name === name)!.input.value)
  let answered = ''
  const answerNow = () => {
    answered = addressOf(asked())
    answer.replaceChildren(...answerTo(asked(), answer.clientWidth, table))
  }
  let pause: ReturnType<typeof setTimeout>
  const update = () => {
    clearTimeout(pause)
    if (addressOf(asked()) === answered) return
    history.replaceState(null, '', addressOf(asked()))
    answerNow()
  }
  const typed = () => {
    clearTimeout(pause)
    pause = setTimeout(update, PAUSE)
  }
  const fill = (question: Question) => {
    for (const { input } of inputs) input.value = question[input.name as FieldName]
  }
  const form = h(
    'form',
    { class: 'planner', input: typed, change: update, submit: (event) => event.preventDefault() },
    inputs.map(({ label }) => label),
  )
  const element = section(
    'planner',
    'What would you need?',
    'Every bound, law and rule for a problem of your size, computed in this page by the library ' +
      'itself. Numbers may be written as 131,072, 2^20, 10^100 or 1%. The address keeps what you ask.',
    form,
    h(
      'p',
      { class: 'examples' },
      examples.map(([title, part]) => {
        const click = () => {
          fill(questionWith((name) => part[name]))
          update()
        }
        return h('button', { type: 'button', click }, title)
      }),
    ),
    answer,
  )
  const follow = () => {
    const question = questionOf(location.hash)
    if (!question) return
    fill(question)
    answerNow()
    element.scrollIntoView()
  }
  addEventListener('hashchange', follow)
  addEventListener('load', follow)
  onNewWidth(answer, answerNow)
  return element
}

function field({ name, meaning, usual, choices }: (typeof fields)[number]) {
  const list = choices.length > 0 ? `choices-${name}` : undefined
  const input = h('input', {
    name,
    value: usual,
    autocomplete: 'off',
    spellcheck: 'false',
    inputmode: 'text',
    list,
  })
  const known =
    list &&
    h(
      'datalist',
      { id: list },
      choices.map((value) => h('option', { value })),
    )
  return { input, label: h('label', {}, h('span', {}, h('i', {}, name), ` ${meaning}`), input, known) }
}

function answerTo(question: Question, width: number, table?: MeasuredTable): HTMLElement[] {
  try {
    const asked = read(question)
    const call = replayElement(commandOf(asked, question))
    if (isIdeal(asked.model)) return [...idealAnswer(plan(asked), asked.d, width, table), call]
    const at = generalPlan(asked, asked.d)
    const entropy = `H = ${at.entropyBits.toPrecision(6)} bits say which codewords are active.`
    return [h('p', { class: 'entropy' }, ...typeset(entropy)), ...modelPlanElements(at), call]
  } catch (error) {
    return [h('p', { class: 'error', role: 'alert' }, (error as Error).message)]
  }
}

function idealAnswer(at: Plan, d: number | undefined, width: number, table?: MeasuredTable): HTMLElement[] {
  const near = table ? measuredNear(table, at.N, at.k) : []
  const measured = near.filter(({ N, k }) => N === at.N && k === at.k)
  return [
    h(
      'p',
      { class: 'entropy' },
      ...typeset(`A subset holds H = log2 C(N, k) = ${at.entropyBits.toPrecision(6)} bits.`),
    ),
    ...(d === undefined ? [] : [readingsTable(at, d)]),
    h('figure', {}, ladder(at, width, measured, d), h('figcaption', {}, legend(measured.length > 0))),
    ...(table ? [measuredElement(near, table)] : []),
    fold(
      'bounds',
      h('h3', {}, `Every bound, law and rule: ${at.bounds.length}`),
      isWide(),
      boundsTable(at, d),
    ),
  ]
}

const legend = (measured: boolean) => [
  measured && h('span', { class: 'kind ring' }, mark('ring'), ' measured at even odds'),
  kindMarks.map(({ kind, symbol, meaning }) =>
    h('span', { class: `kind ${kind}` }, mark(symbol), ` ${kind}: ${meaning}`),
  ),
]

function readingsTable(at: Plan, d: number): HTMLElement {
  return h(
    'div',
    { class: 'feasibilities' },
    h('h3', {}, `What reads a code of ${dimensionText(d)} dimensions?`),
    dataTable(
      `Decoders at d = ${d}`,
      ['decoder', 'reads it?', 'by', 'because'],
      feasibilities(at, d).map((reading) => [
        decoderLabel(reading.decoder),
        h('strong', { class: reading.answer }, answerText[reading.answer]),
        reading.by === 'converse' ? 'a theorem' : `a ${reading.by}`.replace('a a', 'an a'),
        because(reading, at, d),
      ]),
      { stacked: true },
    ),
  )
}

function measuredElement(
  rows: readonly Measured[],
  { command, confidence, seed }: MeasuredTable,
): HTMLElement {
  return fold(
    'measured',
    h('h3', {}, 'Measured at this size, or at those around it'),
    isWide(),
    dataTable(
      'Measured dimensions of even odds',
      ['decoder', 'N', 'k', 'd at even odds', 'interval', 'd / H', 'interval', 'trials'],
      rows.map(({ decoder, N, k, dimension, dimensionInterval, dimsPerBit, interval, trials }) => [
        decoderLabel(decoder),
        sizeText(N),
        String(k),
        dimension.toFixed(1),
        intervalText(dimensionInterval, 1),
        dimsPerBit.toFixed(3),
        intervalText(interval, 3),
        String(trials),
      ]),
      { numeric: [1, 2, 3, 4, 5, 6, 7], stacked: true },
    ),
    h(
      'p',
      { class: 'note' },
      `Each interval ${numberText(100 * confidence)} %, seed ${seed}: npx ${command}`,
    ),
  )
}

function because({ answer, reached, missed }: Feasibility, { N, k }: Plan, d: number): HTMLElement {
  if (answer === 'impossible') {
    const most = mostSuccess(N, k, d)
    return h(
      'span',
      {},
      most < 1e-4
        ? 'no decoder is right once in ten thousand times'
        : `no decoder succeeds more often than ${numberText(most)}`,
    )
  }
  const side = [
    reached && `${dimensionText(reached.dimension!)} is reached: ${reached.statement}`,
    missed && `${dimensionText(missed.dimension!)} is missed: ${missed.statement}`,
  ]
  return h('span', {}, ...typeset(side.filter(Boolean).join('; ')))
}

function boundsTable(at: Plan, d: number | undefined): HTMLElement {
  const table = dataTable(
    'Bounds, laws and rules',
    ['decoder', 'kind', 'd', 'd / H', 'statement', 'source'],
    at.bounds.map((bound) => [
      h('span', {}, decoderLabel(bound.decoder), bound.problem && h('small', {}, ` ${bound.problem}`)),
      h('span', { class: `kind ${bound.kind}` }, bound.kind),
      dimensionElement(bound, d),
      bound.dimsPerBit === null ? '–' : digitsText(bound.dimsPerBit, 3),
      h('span', {}, ...typeset(bound.reason ? `${bound.statement}; here ${bound.reason}` : bound.statement)),
      bound.source,
    ]),
    { numeric: [2, 3] },
  )
  table.classList.add('bounds')
  return table
}

/** A dimension with its full value for whoever reads the page by program; marked where the reader's d reaches it. */
function dimensionElement(bound: PlannedBound, d = 0): HTMLElement {
  const { id, dimension, reason } = bound
  if (dimension === null) return h('span', { 'data-bound': id }, plannedText(bound))
  const met = { class: d >= dimension && reason === undefined ? 'met' : undefined }
  return h('span', { 'data-bound': id, 'data-dimension': dimension, ...met }, plannedText(bound))
}
