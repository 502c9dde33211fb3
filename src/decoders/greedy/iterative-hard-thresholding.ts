import type { BatchedDictionary } from '../../codes/batched-dictionary.js'
import type { Selected } from '../../kernels/sign-matrix.js'
import { inner } from '../../numerics/inner.js'
import { iterateSelective, type SelectiveIteration } from '../batched-iteration.js'
import { aboveBar, candidateBar } from '../candidate-bar.js'
import { reportingDecoder, unexplained } from '../decode-report.js'
import { largest } from '../largest.js'
import { byProjection } from '../norms.js'
import { checkOptions, countRule, nameRule } from '../options.js'
import { byText, type Ranking, ranked, ranking } from '../ranking.js'
import { SCORE_BITS } from './pruned-pursuit.js'

interface Options {
  /** Length of a step along Fᵀr: fixed at 1, or set so that the residual gets shorter. */
  readonly step?: 'unit' | 'normalised'
  /** Most iterations. @defaultValue `200` */
  readonly iterations?: number
  /** What H_k keeps: the k largest values, negative ones cut to 0, or the k of largest magnitude. */
  readonly by?: Ranking
}

/** A step is at most (1 − MARGIN)‖Δy‖²/‖FΔy‖² where the support changes, and shrinks by SHRINK until it is. */
const MARGIN = 0.01
const SHRINK = 0.5
/** An iterate that moves by less than this share of itself stands still. */
const STILL = 1e-6
/** The next pass tells the scores above this share of the least entry of y that was kept before the cut to 0. */
const REACH = 0.7
/** A residual this many times the code is lost. */
const LOST = 1e6

/**
 * Iterative hard thresholding (Blumensath & Davies 2009): y ← H_k(y + μFᵀ(x − Fy)) from y = 0, with μ = 1; and its
 * normalised form (2010), where μ minimises the residual on the support, and is cut where the support changes until
 * the residual cannot grow. Ends when the support of y, encoded again, explains the code, when y stands still, or
 * when it has diverged.
 *
 * The unit step recovers every k-subset when δ_{3k} < 1/√3 (Foucart & Rauhut 2013, Theorem 6.18), but diverges where
 * F stretches sparse vectors too far. The normalised step never lets the residual grow. An iteration costs one pass
 * over the dictionary, two where the scores it asked for do not settle it, and O(kd).
 *
 * @since 0.1.0
 */
export function iterativeHardThresholding(options: Options = {}) {
  const {
    step = 'unit',
    iterations = 200,
    by = 'value',
  } = checkOptions('iterativeHardThresholding', options, {
    step: nameRule('unit', 'normalised'),
    iterations: countRule,
    by: ranking,
  })
  return reportingDecoder(
    {
      name: `${step === 'unit' ? '' : 'normalised-'}iterative-hard-thresholding${by === 'value' ? '' : '-magnitude'}`,
      source: step === 'unit' ? 'Blumensath & Davies 2009' : 'Blumensath & Davies 2010',
      label: `${step === 'unit' ? '' : 'normalised '}IHT${byText(by)}`,
      family: 'greedy',
      ...(by === 'value' && {
        law: `${step === 'unit' ? '' : 'normalised-'}iterative-hard-thresholding`,
      }),
    },
    (dictionary, codes, k) =>
      iterateSelective(
        byProjection(dictionary),
        codes,
        (many, code) => thresholding(many, code, k, { step, iterations, by }),
        SCORE_BITS,
      ),
  )
}

/** A sparse y with what it encodes to. */
interface Sparse {
  readonly support: number[]
  readonly weights: Float64Array
  readonly encoded: Float64Array
  /** The least of what was kept, by rank. */
  readonly least: number
}

/** Scores on the support, and those that rank from a bar on. */
interface Told extends Selected {
  readonly bar: number
}

function thresholding(
  many: BatchedDictionary,
  code: Float64Array,
  k: number,
  how: Required<Options>,
): SelectiveIteration {
  const { step, iterations, by } = how
  const energy = inner(code, code)
  const nothing = new Float64Array(0)
  let y: Sparse = { support: [], weights: nothing, encoded: new Float64Array(code.length), least: 0 }
  let bar = candidateBar(code, many.size, k, by)
  let misses = 0
  let residual = code
  let steps = 0
  let state: 'moving' | 'explained' | 'still' | 'lost' = k === 0 ? 'explained' : 'moving'
  const gap = () => Math.sqrt(inner(residual, residual) / (energy || 1))
  return {
    get residual() {
      return residual
    },
    get done() {
      return state !== 'moving' || steps >= iterations
    },
    get wanted() {
      return aboveBar(bar, by, y.support)
    },
    step(selected) {
      const told = { ...selected, bar }
      const next =
        step === 'unit' || steps === 0 ? threshold(many, y, told, 1, k, by) : normalised(many, y, told, k, by)
      misses = next ? 0 : misses + 1
      bar = next ? REACH * next.least : candidateBar(residual, many.size, k, by, misses)
      if (!next) return
      steps++
      const moved = difference(next, y)
      y = next
      residual = code.map((entry, j) => entry - y.encoded[j])
      if (unexplained(many, code, y.support) === 0) state = 'explained'
      else if (!(gap() < LOST)) state = 'lost'
      else if (moved.norm <= STILL ** 2 * inner(y.weights, y.weights)) state = 'still'
    },
    report(passes) {
      return {
        answer: y.support,
        converged: state === 'explained' || state === 'still',
        residual: unexplained(many, code, y.support),
        gap: gap(),
        iterations: steps,
        passes,
      }
    },
  }
}

/** H_k(y + μ·scores); undefined where a score that is not told might belong to it. */
function threshold(
  many: BatchedDictionary,
  y: Sparse,
  { indices, scores, bar }: Told,
  mu: number,
  k: number,
  by: Ranking,
): Sparse | undefined {
  const weightOf = new Map(y.support.map((i, m) => [i, y.weights[m]]))
  const moved = scores.map((score, m) => mu * score + (weightOf.get(indices[m]) ?? 0))
  const rank = ranked(moved, by)
  const kept = largest(rank, k)
  const least = kept.length > 0 ? rank[kept[kept.length - 1]] : 0
  if (bar > -Infinity && (kept.length < k || least < mu * bar)) return undefined
  const support = kept.map((m) => indices[m])
  const weights = Float64Array.from(kept, (m) => (by === 'value' ? Math.max(0, moved[m]) : moved[m]))
  return { support, weights, encoded: many.combine(support, weights), least }
}

/** One step of the normalised form. */
function normalised(
  many: BatchedDictionary,
  y: Sparse,
  told: Told,
  k: number,
  by: Ranking,
): Sparse | undefined {
  const scoreOf = new Map(Array.from(told.indices, (i, m) => [i, told.scores[m]]))
  const slope = Float64Array.from(y.support, (i) => scoreOf.get(i)!)
  const image = many.combine(y.support, slope)
  const best = inner(slope, slope) / inner(image, image)
  let mu = Number.isFinite(best) ? best : 1
  for (;;) {
    const next = threshold(many, y, told, mu, k, by)
    if (!next) return undefined
    const { sameSupport, norm, image } = difference(next, y)
    const cut = by === 'value' && next.weights.includes(0)
    if ((sameSupport && !cut) || mu * image <= (1 - MARGIN) * norm) return next
    mu *= SHRINK
  }
}

/** ‖Δy‖² and ‖FΔy‖² between two sparse vectors. */
function difference(a: Sparse, b: Sparse): { sameSupport: boolean; norm: number; image: number } {
  const before = new Map(b.support.map((i, m) => [i, b.weights[m]]))
  let norm = 0
  let common = 0
  a.support.forEach((i, m) => {
    const old = before.get(i)
    if (old !== undefined) common++
    norm += (a.weights[m] - (old ?? 0)) ** 2
    before.delete(i)
  })
  for (const weight of before.values()) norm += weight ** 2
  const change = a.encoded.map((entry, j) => entry - b.encoded[j])
  return { sameSupport: common === a.support.length, norm, image: inner(change, change) }
}
