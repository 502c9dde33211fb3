import type { Audit } from '../dictionaries/audit.js'
import type { Curve, Figure, Panel } from '../results/figure.js'
import { asStored } from './layers.js'

/** What the figure says of itself. */
type About = Pick<Figure, 'command' | 'seed' | 'confidence' | 'caption' | 'title'>

/** Points of a curve at most: more are not seen. */
const MOST_POINTS = 256

/** Nearest neighbours, spectra, and the codewords that are read worst. @since 0.2.0 */
export function auditFigure(audit: Audit, about: About): Figure {
  const panels = [neighboursPanel(audit), spectrumPanel(audit)]
  if (audit.codewords !== undefined) panels.push(ratesPanel(audit.codewords))
  return { id: 'audit', columns: 2, ...about, panels }
}

function neighboursPanel({ nearest, coherence }: Audit): Panel {
  const share = (i: number) => asStored((i + 0.5) / nearest.length)
  const level = (name: string, y: number, ink: Curve['ink']): Curve => ({
    kind: 'curve',
    name,
    role: 'bound',
    ink,
    dash: 'dashed',
    points: [0, 1].map((x) => ({ x, y: asStored(y) })),
  })
  return {
    title: 'each codeword and its nearest',
    x: { label: 'share of codewords', scale: 'linear', domain: [0, 1] },
    y: { label: '|cosine|', scale: 'linear', domain: [0, 1] },
    layers: [
      {
        kind: 'curve',
        name: 'this dictionary',
        role: 'measured',
        ink: 'blue',
        points: some(nearest.length).map((i) => ({ x: share(i), y: asStored(Math.max(0, nearest[i])) })),
      },
      level('largest of random signs', coherence.rademacher, 'ochre'),
      level('Welch: least largest', coherence.welch, 'grey'),
    ],
  }
}

function spectrumPanel({ spectrum, centredSpectrum, d }: Audit): Panel {
  const curve = (name: string, values: Float64Array, ink: Curve['ink']): Curve => {
    let sum = 0
    const sums = values.map((value) => {
      sum += value
      return sum
    })
    const points = some(values.length).map((i) => ({ x: i + 1, y: asStored(Math.min(1, sums[i])) }))
    return { kind: 'curve', name, role: 'measured', ink, points }
  }
  return {
    title: 'energy in the largest directions',
    x: { label: 'directions', scale: 'log2', domain: [1, Math.max(2, d)] },
    y: { label: 'share of the energy', scale: 'linear', domain: [0, 1] },
    layers: [
      curve('unit codewords', spectrum, 'blue'),
      ...(centredSpectrum ? [curve('mean taken off', centredSpectrum, 'teal')] : []),
    ],
  }
}

function ratesPanel(codewords: NonNullable<Audit['codewords']>): Panel {
  const points = codewords.map(({ readRate, interval: [low, high] }, n) => ({
    x: n + 1,
    y: asStored(readRate),
    interval: [asStored(low), asStored(high)] as const,
  }))
  return {
    title: 'the codewords that top-k reads worst',
    x: { label: 'from the worst', scale: 'linear', domain: [0, codewords.length + 1] },
    y: { label: 'share of codes in which it is read', scale: 'linear', domain: [0, 1] },
    layers: [{ kind: 'curve', name: 'read rate', role: 'measured', ink: 'brick', points }],
  }
}

/** Some of the indices below a length, the first and the last among them. */
function some(length: number): number[] {
  if (length <= MOST_POINTS) return Array.from({ length }, (_, i) => i)
  const at = (n: number) => Math.round((n * (length - 1)) / (MOST_POINTS - 1))
  return [...new Set(Array.from({ length: MOST_POINTS }, (_, n) => at(n)))]
}
