import { setImmediate } from 'node:timers/promises'
import { kappa, leastInterference } from '../bounds/welch.js'
import { interference, minimiseInterference } from '../certificates/interference.js'
import { tightFrame } from '../codes/ensembles/tight-frame.js'
import { rademacherDictionary } from '../codes/rademacher.js'
import { quoted } from '../io/text/shell.js'
import { stream } from '../random/stream.js'
import type { Curve, Ink } from '../results/figure.js'
import { superscript } from '../results/number-text.js'
import type { FigureMaker } from './figure-maker.js'
import { asStored, computedCurve, range } from './layers.js'

const inks: readonly Ink[] = ['ink', 'brick', 'ochre', 'teal', 'blue', 'violet', 'rose']
const sizes = range(6, 12).map((power, i) => ({ N: 2 ** power, power, ink: inks[i] }))
const dimensions = range(4, 10).map((power) => 2 ** power)
/** Shapes up to this Nd² are found by descent; of larger ones a tight frame is constructed. */
const DESCENDED = 2 ** 24

/** The least γ that is found at one N and d ≤ N. */
interface Cell {
  readonly N: number
  readonly d: number
  readonly gamma: number
}

const shapes = sizes.flatMap(({ N }) => dimensions.filter((d) => d <= N).map((d) => ({ N, d })))

function least(N: number, d: number, seed: string): number {
  if (N * d * d > DESCENDED) return interference(tightFrame(N, d))
  const start = rademacherDictionary(N, d, stream(seed, 'figure 4', N, d).key())
  return interference(minimiseInterference(start).dictionary)
}

/** A curve for each N over the cells in which γ is not 0. */
const curves = (cells: readonly Cell[], at: (cell: Cell) => { x: number; y: number }): Curve[] =>
  sizes.map(({ N, power, ink }) => ({
    kind: 'curve',
    name: `N = 2${superscript(power)}`,
    role: 'measured',
    ink,
    points: cells
      .filter((cell) => cell.N === N && cell.d < N)
      .map((cell) => {
        const { x, y } = at(cell)
        return { x, y: asStored(y) }
      }),
  }))

/**
 * Figure 4 of the paper: the least mean squared inner product of distinct codewords. Every number is exact up to the
 * descent's tolerance.
 */
export const figure4: FigureMaker = {
  id: '4',
  whole: true,
  title: 'Least interference of unit-norm dictionaries',
  async make({ seed, shard, onProgress, signal }) {
    if (shard) return undefined
    const cells: Cell[] = []
    for (const { N, d } of shapes) {
      cells.push({ N, d, gamma: least(N, d, seed) })
      onProgress?.(cells.length / shapes.length)
      await setImmediate(undefined, { signal: signal ?? new AbortController().signal })
    }
    return {
      id: '4',
      title: this.title,
      caption:
        'The least γ of N unit codewords in d < N dimensions: found by projected gradient descent from ' +
        `Rademacher codewords where Nd² ≤ 2${superscript(Math.log2(DESCENDED))}, and by constructed ` +
        'tight frames beyond. Dotted is the bound (N − d)/(d(N − 1)) on every dictionary, and κ(r) = 1 − ' +
        'r.',
      command: `dpb figure 4 --seed ${quoted(seed)}`,
      seed,
      columns: 2,
      panels: [
        {
          title: 'least γ',
          x: { label: 'd', scale: 'log2', domain: [2 ** 4, 2 ** 10] },
          y: { label: 'γ', scale: 'log2', domain: [2 ** -12, 2 ** -3] },
          layers: [
            ...curves(cells, ({ d, gamma }) => ({ x: d, y: gamma })),
            ...sizes.map(({ N }) =>
              computedCurve(
                'bound',
                { name: '(N − d)/(d(N − 1))', ink: 'grey', dash: 'dotted' },
                dimensions.filter((d) => d < N),
                (d) => leastInterference(N, d),
              ),
            ),
          ],
        },
        {
          title: 'times d',
          x: { label: 'd/N', scale: 'linear', domain: [0, 1] },
          y: { label: 'γ·d', scale: 'linear', domain: [0, 1.05] },
          layers: [
            ...curves(cells, ({ N, d, gamma }) => ({ x: d / N, y: gamma * d })),
            computedCurve(
              'law',
              { name: 'κ(r) = 1 − r', ink: 'grey', dash: 'dotted' },
              [0.001, 0.5, 1],
              kappa,
            ),
          ],
        },
      ],
    }
  },
}
