import { join } from 'node:path'
import { parseHTML } from 'linkedom'
import { requireFolder } from '../io/writable.js'
import { writeWhole } from '../io/write-atomic.js'
import { figureCsv } from '../report/csv.js'
import { drawFigure } from '../report/draw/figure.js'
import type { Figure } from '../results/figure.js'

/** Dark ink on a light page and light ink on a dark one. */
const STYLE = 'svg{color:#1d1c1a}@media (prefers-color-scheme:dark){svg{color:#e9e6df}}'

/** The figure as the text of an SVG file. @since 0.2.0 */
export function figureSvg(figure: Figure): string {
  const { document } = parseHTML('<html></html>')
  const svg = drawFigure(figure, document as unknown as Document)
  const style = document.createElement('style')
  style.textContent = STYLE
  svg.prepend(style as unknown as Node)
  return `${svg.outerHTML}\n`
}

/** What a figure is written to. */
export const figureFiles = (id: string): string[] =>
  ['svg', 'csv', 'json'].map((extension) => `figure-${id}.${extension}`)

/**
 * Write figure-ID.svg, .csv and .json into a folder, which is made where it is missing. Returns their paths.
 *
 * @since 0.2.0
 */
export function writeFigure(figure: Figure, folder: string): string[] {
  const names = figureFiles(figure.id)
  requireFolder(folder, names)
  const texts = [figureSvg(figure), figureCsv(figure), `${JSON.stringify(figure)}\n`]
  const paths = names.map((name) => join(folder, name))
  paths.forEach((path, i) => {
    writeWhole(path, texts[i])
  })
  return paths
}
