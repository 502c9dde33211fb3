import { batched } from '../../codes/batched-dictionary.js'
import type { Problem } from '../../codes/problem.js'
import { requireFunction } from '../../io/arguments.js'
import { checkProblem } from '../check-problem.js'
import { type DecodeReport, type Reporting, unexplained, withinReach } from '../decode-report.js'
import type { BuiltInDecoder } from '../decoder.js'
import { largest } from '../largest.js'
import { checkOptions, countRule } from '../options.js'
import { completed } from './completion.js'
import { Decimation } from './decimation.js'
import { FALLEN, GuessTree } from './guess-tree.js'
import { shortlist } from './shortlist.js'

/** What the search may spend, and on what. @since 0.1.0 */
export interface SearchOptions {
  /** Passes over the whole dictionary, or as much work on the shortlist. @defaultValue `400` */
  readonly passes?: number
  /** Codewords on the shortlist. @defaultValue `4096` */
  readonly listed?: number
  /** Codewords taken for members at once, at most. @defaultValue `5` */
  readonly pins?: number
  /**
   * Steps of message passing after each of them, and as many again for those that leave little noise.
   *
   * @defaultValue `8`
   */
  readonly steps?: number
}

/** Steps over the whole dictionary before the shortlist is drawn, and on it before the first try. */
const OPENING = 20
const SETTLING = 20
/** Steps in which an iteration whose noise has fallen may end. */
const ENDING = 10
/**
 * Members that the whole dictionary is searched for, at most the larger of these: of 430 states that lacked more than
 * three of 20 none was right.
 */
const LACKING = { most: 2, share: 0.2 }

/**
 * Certified search: it encodes its answer again, so it knows when it is right, and goes on until it is or its budget
 * is spent. First AMP with the Bernoulli prior over the whole dictionary. Where that stalls, guesses on a shortlist
 * of the most probable codewords: take one for a member, drawn by its posterior mean, let AMP go on from where it
 * stands, and build upon those guesses that leave little noise (`GuessTree`), until the noise falls. Members that the
 * list lacks are found by matching pursuit over the dictionary.
 *
 * No guarantee that it ends in time; an answer that it certifies explains the code exactly. Work is counted in
 * passes, so the same seed gives the same answer on every machine. Decimation: Mézard & Montanari 2009, Section 22;
 * AMP: Donoho, Maleki & Montanari 2009.
 * @throws RangeError unless all options are integers of at least 1
 * @since 0.1.0
 */
export function certifiedSearch(options: SearchOptions = {}): BuiltInDecoder & Reporting {
  const {
    passes = 400,
    listed = 4096,
    pins = 5,
    steps = 8,
  } = checkOptions('certifiedSearch', options, {
    passes: countRule,
    listed: countRule,
    pins: countRule,
    steps: countRule,
  })
  const name = 'certified-search'
  const decodeWithReport = (problem: Problem) => {
    const { dictionary, code, k, random } = problem
    checkProblem(name, dictionary, [code], k)
    requireFunction(`${name}: random`, random)
    return search({ dictionary, code: withinReach(code, k), k, random }, { passes, listed, pins, steps })
  }
  return {
    name,
    source: 'Mézard & Montanari 2009; theory of certified decoding',
    label: 'certified search',
    family: 'search',
    law: 'certified-search',
    decodeWithReport,
    decode: (problem) => decodeWithReport(problem).answer,
  }
}

function search({ dictionary, code, k, random }: Problem, budget: Required<SearchOptions>): DecodeReport {
  const many = batched(dictionary)
  const N = many.size
  if (k === 0 || k === N) {
    const only = Array.from({ length: k }, (_, i) => i)
    return ended(only, unexplained(many, code, only), 0, 0)
  }
  const whole = new Decimation(many, code, N, k)
  let work = 0
  let tries = 0
  while (work < Math.min(OPENING, budget.passes)) {
    whole.advance(1)
    work++
    const found = whole.noise < FALLEN ? explained(whole, (m) => m) : undefined
    if (found) return certified(found, tries, work)
  }
  const scores = whole.scores()
  work++
  const answer = largest(scores, k)
  const residual = unexplained(many, code, answer)
  // With one member to find a guess would be the answer, and the best of them is tried.
  if (residual === 0 || k === 1) return ended(answer, residual, tries, work)
  const list = shortlist(many, largest(scores, Math.min(N, budget.listed)))
  const cost = list.indices.length / N
  const root = new Decimation(list.dictionary, code, N, k)
  root.advance(SETTLING)
  work += SETTLING * cost
  const tree = new GuessTree(root, { ...budget, pins: Math.min(budget.pins, k - 1), random })
  while (work < budget.passes) {
    const grown = tree.grow()
    if (!grown) break
    const { state, steps } = grown
    tries++
    work += steps * cost
    if (state.noise >= FALLEN) continue
    state.advance(ENDING)
    work += ENDING * cost + 1
    const found = explained(state, (m) => list.indices[m])
    if (found) return certified(found, tries, Math.ceil(work))
  }
  return ended(answer, residual, tries, Math.ceil(work))

  /** The answer that what is pinned and what is more likely than not make, if it explains the code. */
  function explained(state: Decimation, indexOf: (m: number) => number): number[] | undefined {
    const { indices, values } = state.passing.estimate
    const likely = [...indices.keys()].filter((at) => values[at] > 0.5)
    const members = [...state.pinned, ...likely.map((at) => indices[at])].map(indexOf)
    if (k - members.length > Math.max(LACKING.most, LACKING.share * k)) return undefined
    const weights = [...state.pinned.map(() => 1), ...likely.map((at) => values[at])]
    return completed(many, code, k, members, weights)
  }
}

const certified = (answer: number[], iterations: number, passes: number): DecodeReport =>
  ended(answer, 0, iterations, passes)

const ended = (answer: number[], residual: number, iterations: number, passes: number): DecodeReport => ({
  answer,
  converged: residual === 0,
  residual,
  gap: residual,
  iterations,
  passes,
})
