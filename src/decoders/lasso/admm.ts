import type { BatchedDictionary } from '../../codes/batched-dictionary.js'
import { type Iteration, iterateAll } from '../batched-iteration.js'
import { type ColumnSpace, columnSpace } from '../column-space.js'
import { type DecodeReport, reportingDecoder, unexplained } from '../decode-report.js'
import { largest } from '../largest.js'
import { checkOptions, countRule, positiveRule } from '../options.js'

/** How ADMM runs. @since 0.2.0 */
export interface AdmmOptions {
  /** Most iterations. @defaultValue `1000` */
  readonly iterations?: number
  /** t, by which coefficients are shrunk in a step, in units of a coefficient. @defaultValue `0.1` */
  readonly shrink?: number
}

const rules = { iterations: countRule, shrink: positiveRule }

/** Over-relaxation (Eckstein & Bertsekas 1992). */
const RELAXATION = 1.7
/** Bits of a vector that its scores take. */
const BITS = 40
/** Where both iterates differ by less than this share of them, and stand as still, they have met. */
const MET = 1e-9
/** Answers are tried once in so many steps. */
const EVERY = 4

/**
 * Non-negative basis pursuit, min Σ y over y ≥ 0 with Fy = X, by the alternating direction method of multipliers
 * (Boyd et al. 2011, Section 6.2): with Q as in `ColumnSpace`,
 *
 *     x = a + Q(X̃ − Qᵀa) for a = z − u,  x′ = 1.7x − 0.7z,  z ← max(0, x′ + u − t),  u ← u + x′ − z
 *
 * Answers with the k largest coefficients; stops when they encode to the code, or when x and z have met. It depends
 * on the column space of F alone, so that no whitening changes it, and neither norms nor coherence slow it down as
 * they do solvers that step from codeword to codeword. The first code of a dictionary costs O(Nd² + d³), a step one
 * pass over it: FQᵀ… of u follows from that of z, which is sparse.
 *
 * @since 0.2.0
 */
export function basisPursuitAdmm(options: AdmmOptions = {}) {
  const { iterations = 1000, shrink = 0.1 } = checkOptions('basisPursuitAdmm', options, rules)
  return reportingDecoder(
    {
      name: 'basis-pursuit-admm',
      source: 'Boyd, Parikh, Chu, Peleato & Eckstein 2011',
      label: 'basis pursuit by ADMM, ≥ 0',
      family: 'basis pursuit',
      law: 'bpdn-non-negative',
      coherenceGuarantee: (k) => 1 / (2 * k - 1),
    },
    (dictionary, codes, k) => {
      const space = columnSpace(dictionary)
      return iterateAll(
        dictionary,
        codes,
        (many, code) => new SplittingIteration(many, space, code, k, { iterations, shrink }),
        BITS,
      )
    },
  )
}

/** One code on its way. */
class SplittingIteration implements Iteration {
  /** (FFᵀ)⁻¹(X − Fa), whose scores are Q(X̃ − Qᵀa). */
  residual: Float64Array
  readonly #many: BatchedDictionary
  readonly #space: ColumnSpace
  readonly #code: Float64Array
  readonly #k: number
  readonly #how: Required<AdmmOptions>
  /** z and u. */
  readonly #weights: Float64Array
  readonly #dual: Float64Array
  /** Fz and Fu. */
  #encoded: Float64Array
  readonly #encodedDual: Float64Array
  #gap = 1
  #steps = 0
  #answer: number[] | undefined

  constructor(
    many: BatchedDictionary,
    space: ColumnSpace,
    code: Float64Array,
    k: number,
    how: Required<AdmmOptions>,
  ) {
    this.#many = many
    this.#space = space
    this.#k = k
    this.#how = how
    this.#weights = new Float64Array(many.size)
    this.#dual = new Float64Array(many.size)
    this.#encoded = new Float64Array(many.dimension)
    this.#encodedDual = new Float64Array(many.dimension)
    this.#code = code
    this.residual = space.solve(code)
    if (k === 0) this.#answer = []
  }

  get done(): boolean {
    return this.#answer !== undefined || this.#gap <= MET || this.#steps >= this.#how.iterations
  }

  step(scores: Float64Array): void {
    this.#steps++
    this.#gap = this.#advance(scores)
    if (this.#steps % EVERY === 0 || this.done) {
      const heaviest = largest(this.#weights, this.#k)
      if (unexplained(this.#many, this.#code, heaviest) === 0) this.#answer = heaviest
    }
  }

  report(passes: number): DecodeReport {
    const answer = this.#answer ?? largest(this.#weights, this.#k)
    const residual = unexplained(this.#many, this.#code, answer)
    const converged = this.#answer !== undefined || this.#gap <= MET
    return { answer, converged, residual, gap: this.#answer ? 0 : this.#gap, iterations: this.#steps, passes }
  }

  /** One step; returns how far x and z are apart, and z has moved, as a share of z. */
  #advance(scores: Float64Array): number {
    const { shrink } = this.#how
    const [z, u] = [this.#weights, this.#dual]
    const indices: number[] = []
    const values: number[] = []
    let [apart, moved, size] = [0, 0, 0]
    for (let i = 0; i < z.length; i++) {
      const x = z[i] - u[i] + scores[i]
      const relaxed = RELAXATION * x + (1 - RELAXATION) * z[i]
      const next = Math.max(0, relaxed + u[i] - shrink)
      u[i] += relaxed - next
      apart += (x - next) ** 2
      moved += (next - z[i]) ** 2
      size += next * next
      z[i] = next
      if (next > 0) {
        indices.push(i)
        values.push(next)
      }
    }
    this.#follow(this.#many.combine(indices, values))
    return Math.sqrt((apart + moved) / (size || 1))
  }

  /** Fu by Fx = X, and the next residual. */
  #follow(encoded: Float64Array): void {
    const rest = this.#code.slice()
    for (let j = 0; j < rest.length; j++) {
      this.#encodedDual[j] += RELAXATION * this.#code[j] + (1 - RELAXATION) * this.#encoded[j] - encoded[j]
      rest[j] += this.#encodedDual[j] - encoded[j]
    }
    this.#encoded = encoded
    this.residual = this.#space.solve(rest)
  }
}
