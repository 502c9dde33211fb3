import { evolution } from '../../bounds/general/evolution.js'
import { modelProblem } from '../../bounds/general/model-problem.js'
import { whatIsRead } from '../../bounds/general/what-is-read.js'
import { IDEAL } from '../../codes/model/description.js'
import type { Figure } from '../../results/figure.js'
import { h, section } from './dom.js'
import { figureElement } from './figures.js'
import { sharesElement } from './model-plan.js'
import { addressOf, questionWith } from './question.js'

/** Figures that this part of the story shows. */
const SHOWN = ['readable', 'visible', 'recall-price']

/** An autoencoder like many: what it leaves unexplained is noise to whoever reads its code. */
const example = { N: 131072, k: 64, d: 768, noise: 0.1, amplitudes: 'half-normal' }

export const isOfReading = ({ id }: Pick<Figure, 'id'>): boolean => SHOWN.includes(id)

/** What one-layer encoders can read of codes as autoencoders meet them, what iteration adds, what nobody reads. */
export function readableSection(figures: readonly Figure[]): HTMLElement {
  const { N, k, d, noise, amplitudes } = example
  const problem = modelProblem({ ...IDEAL, noise, amplitudes }, N, k)
  const reading = whatIsRead(problem, evolution(problem), d)
  const wall = reading.oneStepWall! / d
  const text = { N: String(N), k: String(k), d: String(d), noise: '10%', amplitudes } as const
  const asked = addressOf(
    questionWith((name) => (name in text ? text[name as keyof typeof text] : undefined)),
  )
  return section(
    'readable',
    'What can be read',
    'Real activations have noise and amplitudes of all sizes, and nobody asks for all of them at once. ' +
      `Of ${N.toLocaleString('en')} codewords with ${k} active at a time on ${d} dimensions, amplitudes half-normal ` +
      `and ${100 * noise} % of the code unexplained, a reader finds:`,
    sharesElement(reading),
    h(
      'p',
      {},
      `An encoder that looks at each score by itself never passes ${wall.toFixed(2)} bits a dimension, however it ` +
        'is trained (by the Gaussian law, from 16 active codewords on): the crosstalk of the others hides what it ' +
        'cannot see. Taking away what was read, and reading again, lifts that. What is left is too small to stand ' +
        'out from the noise itself: even told every other amplitude, no decoder finds it. ',
      h('a', { href: asked }, 'Ask for your own sizes'),
      '.',
    ),
    SHOWN.flatMap((id) => figures.filter((figure) => figure.id === id)).map((figure, i) =>
      figureElement(figure, i === 0),
    ),
  )
}
