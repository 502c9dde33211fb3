import { bracketedRoot, goldenSection } from '../../numerics/roots-and-quadrature.js'
import { genieVariance, type ModelProblem, oneStepVariance } from './model-problem.js'
import { type SeparateReader, separateReader } from './reading.js'

/** Ratio of neighbouring noises at which a problem's curve is computed. */
const RATIO = Math.exp(-1 / 16)
/** Without noise: where the effective noise has fallen to this, everything is read. */
const NOTHING = 1e-3

/** State evolution and the ideal reader of a problem, at any dimension. */
export interface Evolution {
  /** The reader of every codeword from S = A + τG. Kept for the next call. */
  reader(tau: number): SeparateReader
  /**
   * The noise at which AMP with the posterior mean comes to rest: τ² ← σ² + Σ mmse_i(τ)/d from τ₀ on (Donoho, Maleki &
   * Montanari 2009; Bayati & Montanari 2011; Rangan 2011). 0 where it falls without end.
   */
  amp(d: number): number
  /** The least dimension from which on AMP comes to rest at τ or below. */
  ampDimension(tau: number): number
  /**
   * The noise of the ideal reader, that of the least potential (Guo & Verdú 2005; Reeves & Pfister 2016; Barbier, Dia,
   * Macris & Krzakala 2016), and the potential, which is I(A; X | F) in bits. Needs noise in the code.
   */
  ideal(d: number): { readonly tau: number; readonly bits: number }
  /** The least dimension from which on the ideal reader's noise is τ or below. Needs noise in the code. */
  idealDimension(tau: number): number
}

/** The curves of a problem, computed where they are asked for. */
export function evolution(problem: ModelProblem): Evolution {
  const readers = new Map<number, SeparateReader>()
  const reader = (tau: number) => {
    let found = readers.get(tau)
    if (!found) {
      found = separateReader(problem, tau)
      readers.set(tau, found)
    }
    return found
  }
  const needs = memo((tau) => (problem.noiseEnergy + problem.k * reader(tau).error()) / tau ** 2)
  const bits = memo((tau) => reader(tau).bitsOfAll())
  const amp = (d: number) => rest(problem, needs, d)
  const ideal = (d: number) => least(problem, bits, needs, d)
  const ampDimension = (tau: number) => highest(problem, needs, tau)
  return {
    reader,
    amp,
    ampDimension,
    ideal,
    idealDimension(tau) {
      let [no, yes] = [problem.noiseEnergy / tau ** 2, ampDimension(tau)]
      // With one place of rest, it is everyone's.
      if (falls(needs, noises(Math.sqrt(problem.energy / no), Math.sqrt(problem.noiseEnergy / yes))))
        return yes
      while (yes - no > 1e-6 * yes) {
        const d = Math.sqrt(no * yes)
        if (ideal(d).tau <= tau) yes = d
        else no = d
      }
      return yes
    },
  }
}

const falls = (f: (tau: number) => number, grid: readonly number[]): boolean =>
  grid.every((tau, i) => i === 0 || f(tau) > f(grid[i - 1]))

/** Values at noises of the grid τ = RATIO^j and elsewhere, each computed once. */
function memo(f: (tau: number) => number): (tau: number) => number {
  const values = new Map<number, number>()
  return (tau) => {
    let value = values.get(tau)
    if (value === undefined) {
      value = f(tau)
      values.set(tau, value)
    }
    return value
  }
}

/** Noises from one to another, downwards: both, and the grid's between them. */
function noises(from: number, to: number): number[] {
  const between: number[] = []
  for (let j = Math.floor(Math.log(from) / Math.log(RATIO)) + 1; RATIO ** j > to; j++)
    between.push(RATIO ** j)
  return [from, ...between, to]
}

/**
 * The largest τ ≤ τ₀ at which τ²·d is what `needs` says: there d = (dσ² + Σ mmse_i(τ))/τ², and above it d is more.
 */
function rest(problem: ModelProblem, needs: (tau: number) => number, d: number): number {
  const start = Math.sqrt(oneStepVariance(problem, d))
  const end = Math.max(Math.sqrt(genieVariance(problem, d)), problem.noise > 0 ? 0 : NOTHING)
  if (end >= start) return start
  const grid = noises(start, end)
  for (let i = 1; i < grid.length; i++) {
    const [above, tau] = [grid[i - 1], grid[i]]
    if (needs(tau) >= d) return crossing(needs, d, tau, above)
    // A peak between grid points may reach d where none of them does.
    const summit = i + 1 < grid.length && needs(tau) > needs(above) && needs(tau) >= needs(grid[i + 1])
    if (summit && needs(tau) > 0.97 * d) {
      const top = peak(needs, grid[i + 1], above)
      if (needs(top) >= d) return crossing(needs, d, top, above)
    }
  }
  return problem.noise > 0 ? end : 0
}

/** Where what is needed falls to d between two noises. */
function crossing(needs: (tau: number) => number, d: number, low: number, high: number): number {
  const over = (log: number) => Math.log(needs(Math.exp(log)) / d)
  const [from, to] = [Math.log(low), Math.log(high)]
  // Rounding may put the root an ulp outside.
  if (over(to) >= 0) return high
  return over(from) <= 0 ? low : Math.exp(bracketedRoot(over, from, to))
}

/** Where a function with one summit between two noises is largest. */
function peak(f: (tau: number) => number, low: number, high: number): number {
  let best = low
  goldenSection(
    (tau) => {
      if (f(tau) > f(best)) best = tau
      return f(tau)
    },
    low,
    high,
  )
  return best
}

/** sup of `needs` over noises ≥ τ: at each it is at most E‖X‖²/τ², which falls. */
function highest({ energy }: ModelProblem, needs: (tau: number) => number, tau: number): number {
  const grid = [tau]
  let top = 0
  for (let j = Math.ceil(Math.log(tau) / Math.log(RATIO)) - 1; ; j--) {
    const noise = RATIO ** j
    if (energy / noise ** 2 < needs(grid[top])) break
    grid.push(noise)
    if (needs(noise) > needs(grid[top])) top = grid.length - 1
  }
  if (top === 0) return needs(tau)
  return needs(peak(needs, grid[top - 1], grid[top + 1] ?? grid[top] / RATIO))
}

function least(
  problem: ModelProblem,
  bits: (tau: number) => number,
  needs: (tau: number) => number,
  d: number,
) {
  const variance = genieVariance(problem, d)
  const potential = (tau: number) => {
    const share = variance / tau ** 2
    return bits(tau) + (d / 2) * (-Math.log2(share) - (1 - share) * Math.LOG2E)
  }
  const grid = noises(Math.sqrt(oneStepVariance(problem, d)), Math.sqrt(variance))
  const values = grid.map(potential)
  const at = values.indexOf(Math.min(...values))
  const [above, below] = [grid[Math.max(0, at - 1)], grid[Math.min(grid.length - 1, at + 1)]]
  // The potential is stationary where AMP may rest.
  const between = needs(above) < d && needs(below) >= d
  const tau = between ? crossing(needs, d, below, above) : grid[at]
  return { tau, bits: potential(tau) }
}
