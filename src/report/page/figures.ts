import type { Curve, Figure } from '../../results/figure.js'
import { figureCall } from '../../results/figure-command.js'
import { numberText } from '../../results/number-text.js'
import { figureCsv } from '../csv.js'
import { drawFigure } from '../draw/figure.js'
import { figureLayout } from '../layout.js'
import { markParts } from './chart.js'
import { dataTable, h, section } from './dom.js'
import { download } from './download.js'
import { fold, isWide } from './fold.js'
import { nearest, valueText } from './nearest.js'
import { onNewWidth } from './on-new-width.js'
import { replayElement } from './replay.js'
import { typeset } from './typeset.js'

/** The figures, drawn here from their numbers. */
export const figuresSection = (figures: readonly Figure[]): HTMLElement =>
  section(
    'figures',
    'Figures',
    'Drawn here from the numbers behind them. Point at a curve or a map for its values and their intervals.',
    figures.map((figure, i) => figureElement(figure, i === 0)),
  )

/** Where a figure stands on the page. */
export const figureAnchor = ({ id }: Pick<Figure, 'id'>): string => `plot-${id}`

/** One figure under its title, with its values and what remakes it; folded on a narrow screen but for the first. */
export function figureElement(figure: Figure, first: boolean): HTMLElement {
  const stage = h('div', { class: 'stage' })
  const { columns, width, height } = figureLayout(figure)
  stage.style.minHeight = `${Math.min(600, Math.ceil(figure.panels.length / columns) * height)}px`
  onNewWidth(stage, (room) =>
    requestIdleCallback(() => draw(figure, stage, Math.min(room, columns * width)), { timeout: 1000 }),
  )
  // Paper waits for no idle moment.
  addEventListener('beforeprint', () => {
    if (!stage.hasChildNodes()) draw(figure, stage, columns * width)
  })
  const element = fold(
    figureAnchor(figure),
    h('h3', {}, typeset(figure.title)),
    first || isWide(),
    h('p', {}, typeset(figure.caption)),
    stage,
    h(
      'div',
      { class: 'actions' },
      h(
        'button',
        {
          type: 'button',
          click: () => download(`figure-${figure.id}.svg`, 'image/svg+xml', standalone(figure)),
        },
        'SVG',
      ),
      h(
        'button',
        { type: 'button', click: () => download(`figure-${figure.id}.csv`, 'text/csv', figureCsv(figure)) },
        'CSV',
      ),
      figure.confidence !== undefined &&
        h('span', {}, `each interval ${numberText(100 * figure.confidence)} %, seed ${figure.seed}`),
    ),
    numbersElement(figure),
    replayElement(figureCall(figure)),
  )
  return h('figure', { id: figureAnchor(figure), class: 'plot' }, element)
}

function draw(figure: Figure, stage: HTMLElement, room: number): void {
  const svg = drawFigure(figure, document, room)
  markParts(svg)
  const tip = h('div', { class: 'tip', hidden: true })
  stage.replaceChildren(svg, tip)
  stage.style.minHeight = ''
  const panels = [...svg.querySelectorAll<SVGGElement>('[data-panel]')].map((group) => ({
    group,
    frame: group.querySelector<SVGGraphicsElement>('[data-mark=frame]')!.getBBox(),
  }))
  svg.addEventListener('pointerleave', () => {
    tip.hidden = true
  })
  svg.addEventListener('pointermove', ({ clientX, clientY }) => {
    tip.hidden = true
    for (const [i, { group, frame }] of panels.entries()) {
      const toScreen = group.getScreenCTM()!
      const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(toScreen.inverse())
      const spot = nearest(figure.panels[i], frame, x, y)
      if (!spot) continue
      const at = new DOMPoint(spot.x, spot.y).matrixTransform(toScreen)
      show(tip, stage, at, spot.lines)
    }
  })
}

/** Put the tip beside a point of the screen, inside the stage. */
function show(tip: HTMLElement, stage: HTMLElement, { x, y }: DOMPoint, lines: readonly string[]): void {
  tip.replaceChildren(...lines.map((line) => h('div', {}, line)))
  tip.hidden = false
  const box = stage.getBoundingClientRect()
  const left = Math.max(0, Math.min(x - box.left + 10, box.width - tip.offsetWidth))
  tip.style.transform = `translate(${left}px, ${y - box.top + 12}px)`
}

/** As a file of its own: on white, in dark ink. */
function standalone(figure: Figure): string {
  const svg = drawFigure(figure, document)
  svg.setAttribute('color', '#1d1c1a')
  return new XMLSerializer().serializeToString(svg)
}

/** The curves of a figure as tables, made when they are asked for; its maps are in the CSV. */
function numbersElement(figure: Figure): HTMLElement | false {
  const tables = figure.panels.flatMap(({ title, x, y, layers }) =>
    layers
      .filter((layer): layer is Curve => layer.kind === 'curve' && layer.role === 'measured')
      .map(({ name, points }) => ({ title: `${title}: ${name}`, x, y, points })),
  )
  if (tables.length === 0) return false
  const details = h('details', { class: 'numbers' }, h('summary', {}, 'Measured numbers'))
  details.addEventListener(
    'toggle',
    () =>
      details.append(
        ...tables.map(({ title, x, y, points }) =>
          h(
            'div',
            {},
            h('h4', {}, title),
            dataTable(
              title,
              [x.label, y.label, 'interval'],
              points.map(({ interval, ...point }) => [
                valueText(x, point.x),
                valueText(y, point.y),
                interval ? `[${interval.map(numberText).join(', ')}]` : 'exact',
              ]),
              { numeric: [0, 1, 2] },
            ),
          ),
        ),
      ),
    { once: true },
  )
  return details
}
