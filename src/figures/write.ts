import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseHTML } from 'linkedom'
import { InputError } from '../io/input-error.js'
import { writeWhole } from '../io/write-atomic.js'
import { figureCsv } from '../report/csv.js'
import { drawFigure } from '../report/draw/figure.js'
import type { Figure } from '../results/figure.js'

/** Dark ink on a light page and light ink on a dark one. */
const STYLE = 'svg{color:#1d1c1a}@media (prefers-color-scheme:dark){svg{color:#e9e6df}}'

/** The figure as the text of an SVG file. */
export function figureSvg(figure: Figure): string {
  const { document } = parseHTML('<html></html>')
  const svg = drawFigure(figure, document as unknown as Document)
  const style = document.createElement('style')
  style.textContent = STYLE
  svg.prepend(style as unknown as Node)
  return `${svg.outerHTML}\n`
}

/** Write figure-ID.svg, .csv and .json into a folder, which is made where it is missing. Returns their paths. */
export function writeFigure(figure: Figure, folder: string): string[] {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw new InputError(`cannot make the folder '${folder}': ${(error as Error).message}`)
  }
  const texts = { svg: figureSvg(figure), csv: figureCsv(figure), json: `${JSON.stringify(figure)}\n` }
  return Object.entries(texts).map(([extension, text]) => {
    const path = join(folder, `figure-${figure.id}.${extension}`)
    writeWhole(path, text)
    return path
  })
}
