import { logOddsAgainst } from '../../bounds/map-boundary.js'
import { NOISELESS } from '../../bounds/noiseless.js'
import { type BatchedDictionary, batched } from '../../codes/batched-dictionary.js'
import { CoupledDictionary } from '../../codes/coupled.js'
import { type CoupledLayout, columnShares, oneBlock } from '../../codes/coupling.js'
import type { CodeModel, Dictionary } from '../../codes/problem.js'
import { ReindexedDictionary } from '../../codes/reindexed.js'
import { logistic } from '../../numerics/exp.js'
import { inner } from '../../numerics/inner.js'
import { type Iteration, iterateAll } from '../batched-iteration.js'
import { checkProblem } from '../check-problem.js'
import { type DecodeReport, reportingDecoder, unexplained } from '../decode-report.js'
import { largest } from '../largest.js'
import { checkOptions, countRule } from '../options.js'
import { DROPPED } from './denoiser.js'

/** How AMP over a coupled dictionary runs. @since 0.2.0 */
export interface CoupledAmpOptions {
  /** Steps at most. @defaultValue `400`: the wave takes 30 to 170 */
  readonly iterations?: number
  /** Steps since the noise was last at its least after which it gives up. @defaultValue `30` */
  readonly patience?: number
}

const rules = { iterations: countRule, patience: countRule }

/** Scores to the precision of one pass: what rounding adds to the noise of a block is below 1 %. */
const BITS = 4
/** Log odds below this are a posterior mean of 0. */
const IMPOSSIBLE = -40

/**
 * Approximate message passing over a spatially coupled dictionary, with the posterior mean under the Bernoulli prior
 * k/N. A row block r of m_r rows has its own noise v_r and its own Onsager term; with a² = 1/m the squared entry of the
 * codewords of column block c, on m rows,
 *
 *     s_c = Σ_r m_r a²/v_r,  p_i = P(y_i = 1 | y_i + ⟨f_i, z/v⟩/s_c, noise 1/s_c),  V_r = Σ_i a² p_i(1 − p_i),
 *     z_r ← X_r − (Fp)_r + z_r·V_r/v_r,  v_r ← √(V_r·‖z_r‖²/m_r)
 *
 * The noise is the geometric mean of what the residual shows and what the posterior expects: the latter alone is too
 * sure of itself where a wave stalls. Stops when the k most probable codewords encode to the code, which then is the
 * answer, or when patience is out. A dictionary that is not coupled is one block of norm 1; noise in the model's code
 * is added to V_r; amplitudes other than 1 are refused.
 *
 * Follows `coupledEvolution` with the counts that were drawn. Deterministic. A step costs one pass over the signs that
 * are there, ω/R of the matrix. Source: Krzakala, Mézard, Sausset, Sun & Zdeborová 2012; Donoho, Javanmard & Montanari
 * 2013.
 *
 * @since 0.2.0
 */
export function coupledAmp(options: CoupledAmpOptions = {}) {
  const how = settings(options)
  return reportingDecoder(
    {
      name: 'coupled-amp',
      source: 'Krzakala, Mézard, Sausset, Sun & Zdeborová 2012; Donoho, Javanmard & Montanari 2013',
      label: 'AMP, coupled',
      family: 'message passing',
      law: 'amp-bernoulli',
    },
    (dictionary, codes, k, model) => {
      if (model && model.amplitudes !== 'constant') {
        throw new RangeError(`coupled-amp reads amplitudes of 1 alone, not ${model.amplitudes}`)
      }
      const { whole, back } = unpermuted(dictionary)
      const start = (many: BatchedDictionary, code: Float64Array) =>
        new CoupledPassing(many, code, k, how, model)
      return iterateAll(whole, codes, start, BITS).map((report) => ({
        ...report,
        answer: report.answer.map(back),
      }))
    },
  )
}

/**
 * The variances v_r of every step, length R each, until the decoder stops: the first before any step. To be held
 * against `coupledEvolution`. Throws RangeError for what is no problem, and for options out of range.
 *
 * @since 0.2.0
 */
export function coupledNoises(
  dictionary: Dictionary,
  code: Float64Array,
  k: number,
  options: CoupledAmpOptions = {},
): Float64Array[] {
  checkProblem('coupledNoises', dictionary, [code], k)
  const many = batched(dictionary)
  const round = new CoupledPassing(many, code, k, settings(options))
  const noises = [round.noise]
  while (!round.done) {
    round.step(many.correlateMany([round.residual], BITS)[0])
    noises.push(round.noise)
  }
  return noises
}

const settings = (options: CoupledAmpOptions): Required<CoupledAmpOptions> => ({
  iterations: 400,
  patience: 30,
  ...checkOptions('coupledAmp', options, rules),
})

/** The coupled dictionary that a view is of, and where its codewords are in the view. */
function unpermuted(dictionary: Dictionary): { whole: Dictionary; back: (i: number) => number } {
  if (!(dictionary instanceof ReindexedDictionary && dictionary.of instanceof CoupledDictionary)) {
    return { whole: dictionary, back: (i) => i }
  }
  const places = new Uint32Array(dictionary.of.size)
  dictionary.order.forEach((i, place) => {
    places[i] = place
  })
  return { whole: dictionary.of, back: (i) => places[i] }
}

/** One code in the course of a decode. */
class CoupledPassing implements Iteration {
  /** z/v: what the next step correlates with the dictionary. */
  residual: Float64Array
  /** v_r of each row block. */
  noise: Float64Array
  readonly #many: BatchedDictionary
  readonly #code: Float64Array
  readonly #k: number
  readonly #how: Required<CoupledAmpOptions>
  readonly #layout: CoupledLayout
  /** m_r a² of each row block on each column block. */
  readonly #shares: readonly Float64Array[]
  /** σ², the noise's variance a coordinate. */
  readonly #added: number
  readonly #against: number
  /** z. */
  #left: Float64Array
  /** p, lowered by DROPPED, and where it is not zero. */
  readonly #means: Float64Array
  #indices: number[] = []
  readonly #odds: Float64Array
  #answer: number[] = []
  #explained: boolean
  #steps = 0
  #least = Infinity
  #since = 0

  constructor(
    many: BatchedDictionary,
    code: Float64Array,
    k: number,
    how: Required<CoupledAmpOptions>,
    model?: CodeModel,
  ) {
    this.#many = many
    this.#code = code
    this.#k = k
    this.#how = how
    this.#layout = many instanceof CoupledDictionary ? many.layout : oneBlock(many.size, many.dimension)
    this.#shares = columnShares(this.#layout)
    this.#added = model?.noiseVariance ?? 0
    this.#against = logOddsAgainst(many.size, k)
    this.#means = new Float64Array(many.size)
    this.#odds = new Float64Array(many.size)
    this.#left = code
    const share = k / many.size
    const prior = this.#layout.columns.map(({ size }) => size * share * (1 - share))
    this.noise = this.#noises(this.#onRows(prior))
    this.residual = this.#weighted()
    this.#explained = k === 0
  }

  get done(): boolean {
    return this.#explained || this.#steps >= this.#how.iterations || this.#since >= this.#how.patience
  }

  step(scores: Float64Array): void {
    this.#steps++
    const { all, kept } = this.#denoise(scores)
    const indices = this.#indices
    const explained = this.#many.combine(
      indices,
      indices.map((i) => this.#means[i]),
    )
    const memory = this.#onRows(kept).map((spread, r) => spread / this.noise[r])
    const left = new Float64Array(this.#left.length)
    this.#eachRow((j, r) => {
      left[j] = this.#code[j] - explained[j] + memory[r] * this.#left[j]
    })
    this.#left = left
    this.noise = this.#noises(this.#onRows(all))
    this.residual = this.#weighted()
    this.#judge()
  }

  report(passes: number): DecodeReport {
    const answer = this.#explained ? this.#answer : largest(this.#odds, this.#k)
    const residual = unexplained(this.#many, this.#code, answer)
    return { answer, converged: residual === 0, residual, gap: residual, iterations: this.#steps, passes }
  }

  /** The posterior means by these scores; Σ p(1 − p) of each column block, over all and over those that are kept. */
  #denoise(scores: Float64Array): { all: number[]; kept: number[] } {
    const [all, kept]: [number[], number[]] = [[], []]
    this.#indices = []
    this.#layout.columns.forEach(({ first, size }, c) => {
      const precision = this.#shares[c].reduce((sum, share, r) => sum + share / this.noise[r], 0)
      const base = -0.5 * precision - this.#against
      let [whole, large] = [0, 0]
      for (let i = first; i < first + size; i++) {
        const odds = scores[i] + this.#means[i] * precision + base
        this.#odds[i] = odds
        this.#means[i] = 0
        if (odds < IMPOSSIBLE) continue
        const mean = logistic(odds)
        const spread = mean * (1 - mean)
        whole += spread
        if (mean <= DROPPED) continue
        large += spread
        this.#means[i] = mean - DROPPED
        this.#indices.push(i)
      }
      all.push(whole)
      kept.push(large)
    })
    return { all, kept }
  }

  /** Σ a² of what column blocks hold, on each row block. */
  #onRows(held: readonly number[]): Float64Array {
    const { rows, columns } = this.#layout
    const sums = new Float64Array(rows.length - 1)
    columns.forEach(({ fromBlock, toBlock, from, to }, c) => {
      for (let r = fromBlock; r < toBlock; r++) sums[r] += held[c] / (to - from)
    })
    return sums
  }

  /** v_r, by what the posterior expects of each row block. */
  #noises(expected: Float64Array): Float64Array {
    const { rows } = this.#layout
    return expected.map((variance, r) => {
      const z = this.#left.subarray(rows[r], rows[r + 1])
      return Math.max(NOISELESS, Math.sqrt(((variance + this.#added) * inner(z, z)) / z.length))
    })
  }

  #weighted(): Float64Array {
    const weighted = new Float64Array(this.#left.length)
    this.#eachRow((j, r) => {
      weighted[j] = this.#left[j] / this.noise[r]
    })
    return weighted
  }

  #eachRow(visit: (j: number, r: number) => void): void {
    const { rows } = this.#layout
    for (let r = 0; r + 1 < rows.length; r++) for (let j = rows[r]; j < rows[r + 1]; j++) visit(j, r)
  }

  /** Whether the likeliest codewords explain the code, and whether the noise still falls. */
  #judge(): void {
    const noise = this.noise.reduce((sum, variance) => sum + variance, 0)
    this.#since = noise < this.#least ? 0 : this.#since + 1
    this.#least = Math.min(this.#least, noise)
    const indices = this.#indices
    if (indices.length < this.#k) return
    this.#answer = largest(
      indices.map((i) => this.#odds[i]),
      this.#k,
    ).map((at) => indices[at])
    this.#explained = unexplained(this.#many, this.#code, this.#answer) === 0
  }
}
