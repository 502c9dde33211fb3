import { type Coupling, coupledLayout } from '../codes/coupling.js'
import { requireNumbers } from '../io/arguments.js'
import { logistic } from '../numerics/exp.js'
import { trapezoid } from '../numerics/roots-and-quadrature.js'
import { logOddsAgainst } from './map-boundary.js'
import { NOISELESS } from './noiseless.js'
import { checkPositive, checkSubset } from './parameters.js'
import { ampDimension } from './state-evolution.js'

/**
 * What a member leaves, at signal-to-noise ratio s: `sure` = E(1 − p)² and `spread` = E p(1 − p) of the posterior mean
 * p of a member. Together they are `memberError`. Σ p² over the non-members is k·spread, by the prior's k, so that all
 * codewords together leave Σ(y − p)² = k(sure + spread).
 */
export interface MemberErrors {
  sure(s: number): number
  spread(s: number): number
}

/** Both from a table in steps of ln s, to 1e-4 of their size. */
export function memberErrors(N: number, k: number): MemberErrors {
  const L = logOddsAgainst(N, k)
  const [least, most, step] = [Math.log(1e-2), Math.log(16 * (Math.max(0, L) + 10)), 0.005]
  const count = Math.ceil((most - least) / step) + 1
  const at = Array.from({ length: count }, (_, i) => momentsAt(Math.exp(least + i * step), L))
  const look = (which: 'sure' | 'spread') => (s: number) => {
    const place = (Math.log(s) - least) / step
    if (place >= count - 1) return 0
    const i = Math.max(0, Math.floor(place))
    const part = Math.max(0, place - i)
    return at[i][which] * (1 - part) + at[i + 1][which] * part
  }
  return { sure: look('sure'), spread: look('spread') }
}

/** Log posterior odds of a member are N(s/2 − L, s); log-concave integrands, summed where they are not nothing. */
function momentsAt(s: number, L: number): { sure: number; spread: number } {
  const center = s / 2 - L
  const density = (u: number) => Math.exp(-((u - center) ** 2) / (2 * s)) / Math.sqrt(2 * Math.PI * s)
  const low = Math.min(center, Math.max(center - 2 * s, 0)) - 9 * Math.sqrt(s)
  const high = center + 9 * Math.sqrt(s)
  const integral = (f: (p: number) => number) =>
    trapezoid((u) => density(u) * f(logistic(u)), low, high, 0.5 * Math.min(1, Math.sqrt(s)))
  return { sure: integral((p) => (1 - p) ** 2), spread: integral((p) => p * (1 - p)) }
}

/** Where state evolution over a coupled dictionary is asked for. @since 0.2.0 */
export interface CoupledPlace {
  readonly coupling: Coupling
  /** Number of codewords. */
  readonly N: number
  /** Number of members that the prior expects. */
  readonly k: number
  /** d, a real number: row blocks have d/R rows each. */
  readonly d: number
  /** Members of each column block: as drawn, or k/Λ each. */
  readonly counts: readonly number[]
}

/** The wave stands still where a step takes less than this share from the sum of the variances. */
const STALLED = 1e-7
const MOST_STEPS = 2000

/**
 * State evolution of AMP over a coupled dictionary from the zero estimate: the variances v_r of the residual on the R
 * row blocks before any step, and then of each step, until they are nothing or stand still. With share_rc of the
 * squared norm of the codewords of column block c on row block r, a codeword is seen there at s_c = Σ_r share_rc/v_r,
 * and
 *
 *     v_r = (R/d)·Σ_c share_rc·(k_c·E(1 − p)² + k̄_c·E p(1 − p)),
 *
 * k_c members being drawn where the prior expects k̄_c. No finite-size effect but that of the counts. Source: Krzakala,
 * Mézard, Sausset, Sun & Zdeborová 2012; Donoho, Javanmard & Montanari 2013; here with counts as they are drawn.
 * @throws RangeError unless 0 ≤ k ≤ N are integers, N is no less than the column blocks, d is positive and finite, and
 * there is a count ≥ 0 of each column block
 * @since 0.2.0
 */
export function coupledEvolution(
  { coupling, N, k, d, counts }: CoupledPlace,
  errors: MemberErrors = memberErrors(N, k),
): Float64Array[] {
  checkSubset(N, k)
  checkPositive(d, 'd')
  const { columns } = coupledLayout(coupling, N, coupling.rowBlocks)
  checkCounts(counts, columns.length)
  const rowsEach = d / coupling.rowBlocks
  const onRows = (left: (c: number) => number) => {
    const variances = new Float64Array(coupling.rowBlocks)
    columns.forEach(({ fromBlock, toBlock }, c) => {
      const each = left(c) / (rowsEach * (toBlock - fromBlock))
      for (let r = fromBlock; r < toBlock; r++) variances[r] += each
    })
    return variances
  }
  const path = [onRows((c) => counts[c])]
  for (let last = Infinity; ; ) {
    const now = path[path.length - 1]
    const sum = now.reduce((total, v) => total + v, 0)
    if (sum < NOISELESS || sum > last * (1 - STALLED) || path.length > MOST_STEPS) return path
    last = sum
    const next = onRows((c) => {
      const { size, fromBlock, toBlock } = columns[c]
      let precision = 0
      for (let r = fromBlock; r < toBlock; r++) precision += 1 / Math.max(now[r], Number.MIN_VALUE)
      const s = precision / (toBlock - fromBlock)
      return counts[c] * errors.sure(s) + ((k * size) / N) * errors.spread(s)
    })
    path.push(next)
  }
}

function checkCounts(counts: readonly number[], blocks: number): void {
  requireNumbers('counts', counts)
  if (counts.length !== blocks) throw new RangeError(`counts must be ${blocks} numbers, not ${counts.length}`)
  for (const [c, count] of counts.entries()) {
    if (!(count >= 0 && count < Infinity)) {
      throw new RangeError(`entry ${c} of counts must be a finite number of at least 0, not ${count}`)
    }
  }
}

/** Whether the state evolution ends at nothing. */
const isRead = (path: readonly Float64Array[]): boolean =>
  path[path.length - 1].reduce((sum, v) => sum + v, 0) < NOISELESS

/**
 * The least dimension, to 0.3 %, at which state evolution ends at nothing for at least half of these lists of counts. A
 * real number.
 */
export function evenDimension(place: Omit<CoupledPlace, 'd' | 'counts'>, lists: readonly number[][]): number {
  const errors = memberErrors(place.N, place.k)
  const share = (d: number) =>
    lists.filter((counts) => isRead(coupledEvolution({ ...place, d, counts }, errors))).length / lists.length
  let [low, high] = [place.coupling.rowBlocks / 8, 2 * ampDimension(place.N, place.k)]
  while (high > 1.003 * low) {
    const middle = Math.sqrt(low * high)
    if (share(middle) >= 0.5) high = middle
    else low = middle
  }
  return Math.sqrt(low * high)
}

/**
 * d50 of `coupled-amp` where every column block had its k/Λ members, as it has in the limit of many. A real number.
 * @throws RangeError unless 0 ≤ k ≤ N are integers, and N is no less than the column blocks
 * @since 0.2.0
 */
export function evenCountsDimension(coupling: Coupling, N: number, k: number): number {
  checkSubset(N, k)
  const { columns } = coupledLayout(coupling, N, coupling.rowBlocks)
  return evenDimension({ coupling, N, k }, [columns.map(({ size }) => (k * size) / N)])
}
