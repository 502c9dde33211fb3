import type { Shape } from '../../codes/trial.js'
import { total } from '../../decoders/member-rules/bar.js'
import type { MemberFailure } from '../../decoders/member-rules/conditional.js'
import type { Members } from '../../decoders/member-rules/members.js'
import { clip } from '../../numerics/clip.js'
import type { Control } from '../../statistics/control-variates.js'
import { symmetricMeans } from './score-law.js'
import { ScoreWindow, type WindowFunction } from './score-window.js'

/** Members of least score that are looked at together. */
const MOST_MEMBERS = 4
/** Below this k there are few members, and no controls. */
const LEAST_K = MOST_MEMBERS + 2
/** Place of e₁ among the controls, after the powers of the energy. */
const FIRST = 3
/** Relative step of the derivative by the energy. */
const STEP = 0.02

/** Of a trial's members: the inner product of each with √d·X, in integer units. */
type CodeScores = Pick<Members, 'codeScores'>

/** The trials' controls so far; their means are exact. */
export interface Controls {
  /** Takes the next trial. */
  add(members: CodeScores): void
  /** @param rate the trials' success rate, roughly */
  all(rate: number): Control[]
}

/**
 * Control variates for the success of a one-step decoder given the members. It fails where the likeliest member to
 * fail it does: with g(s) the chance that one of score s does, P(failure) is nearly max g(s_m). Cut into L layers h =
 * min(1, max(0, L·g − l)), l = 0, …, L − 1, whose mean is g, that is the mean over layers of 1 − Π(1 − h(s_m)) = e₁ −
 * e₂ + e₃ − …, but for the one layer which holds the maximum, e_j being the elementary symmetric polynomials of
 * h(s_1), …, h(s_k). The means over layers of e₁ to e₄ are controls, with what the code's energy adds to each to
 * first order, and the energy itself to third order. Their means follow from the scores' joint law ({@link
 * symmetricMeans}). Undefined where k is too small.
 */
export function controlsFor(failing: MemberFailure, shape: Shape): Controls | undefined {
  const { k, d } = shape
  if (k < LEAST_K) return undefined
  const window = new ScoreWindow(k, d)
  const layers = layersOf(failing, shape, window)
  const means = exactMeans(window, layers)
  const values = means.map(() => [] as number[])
  return {
    add(members) {
      const controls = trialControls(window, layers, members.codeScores())
      for (let c = 0; c < values.length; c++) values[c].push(controls[c])
    },
    // A member that fails takes the rate away: known also where hardly any does.
    all: (rate) => means.map((mean, c) => ({ values: values[c], mean, usual: c === FIRST ? -rate : 0 })),
  }
}

function layersOf({ chance, layers }: MemberFailure, shape: Shape, window: ScoreWindow): WindowFunction[] {
  const g = chance(shape)
  const usual = shape.d * shape.k
  const at = (energy: number) => window.scores().map((score) => g(score, energy))
  const [low, own, high] = [at(usual * (1 - STEP)), at(usual), at(usual * (1 + STEP))]
  return Array.from({ length: layers }, (_, l) => {
    const h = (chances: Float64Array) => chances.map((chance) => clip(layers * chance - l))
    const [below, above] = [h(low), h(high)]
    const slope = below.map((entry, t) => (above[t] - entry) / (2 * STEP * usual))
    const table = (entries: Float64Array) => window.fade(layers > 1 ? smooth(entries) : entries)
    return { value: table(h(own)), slope: table(slope) }
  })
}

/** Without what alternates from one score to the next, whose mean takes long. */
const smooth = (table: Float64Array): Float64Array =>
  table.map(
    (entry, t) => (table[Math.max(0, t - 1)] + 2 * entry + table[Math.min(table.length - 1, t + 1)]) / 4,
  )

/**
 * Of the controls in their order: powers of the energy's excess; then e_j and the excess times its slope, for j = 1,
 * 2, …
 */
function exactMeans(window: ScoreWindow, layers: readonly WindowFunction[]): number[] {
  const { k, d } = window
  // Cumulants of z_1², z_1 a sum of k signs, times d.
  const powers = [0, 2 * d * k * (k - 1), 8 * d * k * (k - 1) * (k - 2)]
  const symmetric = symmetricMeans(window, layers, MOST_MEMBERS)
  return [...powers, ...symmetric.flatMap(({ value, sloped }) => [value, sloped])]
}

/** The controls of one trial, as many as there may be. */
function trialControls(
  window: ScoreWindow,
  layers: readonly WindowFunction[],
  scores: Float64Array,
): number[] {
  const excess = total(scores) - window.d * window.k
  const controls = [excess, excess ** 2, excess ** 3]
  const stride = MOST_MEMBERS + 1
  // e_0, e_1, … and their slopes, layer by layer.
  const e = new Float64Array(stride * layers.length)
  const slopes = new Float64Array(stride * layers.length)
  for (let l = 0; l < layers.length; l++) e[stride * l] = 1
  for (let m = 0; m < scores.length; m++) {
    const t = window.indexOf(scores[m])
    for (let l = 0; l < layers.length; l++) {
      const h = layers[l].value[t]
      const slope = layers[l].slope[t]
      // The layers above are as empty here.
      if (h === 0 && slope === 0) break
      for (let at = stride * l + MOST_MEMBERS; at > stride * l; at--) {
        slopes[at] += slopes[at - 1] * h + e[at - 1] * slope
        e[at] += e[at - 1] * h
      }
    }
  }
  for (let j = 1; j <= MOST_MEMBERS; j++) {
    let [value, sloped] = [0, 0]
    for (let at = j; at < e.length; at += stride) {
      value += e[at]
      sloped += slopes[at]
    }
    controls.push(value / layers.length, (excess * sloped) / layers.length)
  }
  return controls
}
