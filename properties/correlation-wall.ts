import fc from 'fast-check'
import { evenly } from '../src/arbitraries/evenly.js'
import type { Claim } from '../src/ledger/claim.js'
import { forAll } from '../src/ledger/for-all.js'
import { Cholesky } from '../src/numerics/cholesky.js'
import { inner } from '../src/numerics/inner.js'
import { normalQuantile } from '../src/numerics/special/normal.js'
import { type Stream, stream } from '../src/random/stream.js'

const normals = (random: Stream, n: number): Float64Array =>
  Float64Array.from({ length: n }, () => normalQuantile(random.uniform() + 1e-17, 0, 1))

const unit = (v: Float64Array): Float64Array => v.map((entry) => entry / Math.sqrt(inner(v, v)))

interface System {
  /** N unit codewords. */
  readonly codewords: readonly Float64Array[]
  /** Covariance of the amplitudes, N × N. */
  readonly covariance: readonly Float64Array[]
  readonly noise: number
}

/** Covariance of the code with each amplitude, and C = FΣFᵀ + σ²I. */
function moments({ codewords, covariance, noise }: System) {
  const d = codewords[0].length
  const cross = covariance.map((row) => {
    const sum = new Float64Array(d)
    codewords.forEach((f, j) => {
      for (let c = 0; c < d; c++) sum[c] += row[j] * f[c]
    })
    return sum
  })
  const C = Array.from({ length: d }, (_, a) =>
    Float64Array.from({ length: d }, (_, b) =>
      codewords.reduce((sum, f, i) => sum + f[a] * cross[i][b], a === b ? noise : 0),
    ),
  )
  return { cross, C }
}

/** Σ corr²(A_i, ⟨w_i, X⟩) of the best encoder, of a given one, and the wall. */
function correlations(system: System, encoder: readonly Float64Array[]) {
  const { codewords, covariance, noise } = system
  const d = codewords[0].length
  const { cross, C } = moments(system)
  const factor = new Cholesky()
  C.forEach((row, a) => {
    factor.append(row.slice(0, a), row[a])
  })
  const best = cross.reduce((sum, b, i) => sum + inner(b, factor.solve(b)) / covariance[i][i], 0)
  const given = cross.reduce((sum, b, i) => {
    const w = encoder[i]
    const power = C.reduce((total, row, a) => total + w[a] * inner(row, w), 0)
    return sum + inner(w, b) ** 2 / (covariance[i][i] * power)
  }, 0)
  const trace = C.reduce((sum, row, a) => sum + row[a], 0)
  return { best, given, wall: d * (1 - (d * noise) / trace) }
}

/** No encoder's outputs correlate with more amplitudes than there are dimensions. */
export const correlationWallRow: Claim = {
  id: 'correlation-wall',
  source: 'docs/general-model.md',
  kind: 'theorem',
  statement:
    'Σ corr²(A_i, ⟨w_i, X⟩) ≤ d(1 − η) for any encoder w, any unit codewords and uncorrelated A_i; ' +
    'N/(N − 1) times that for a uniform k-subset.',
  expected: 'proved',
  account: {
    quantifiers: `
      Every N, d ≥ 1, unit codewords f_i, uncorrelated A_i of finite variances v_i, noise of covariance σ²I, η =
      dσ²/E‖X‖² of that dictionary, any linear w_i; the law of the A_i is free otherwise. For a uniform k-subset of
      equal amplitude laws, N/(N − 1) times that. It is of correlations, not bits.`,
    proof: `
      The best w_i is C⁻¹f_i, with corr² x_i = v_i f_iᵀC⁻¹f_i and C = Σ v_i f_i f_iᵀ + σ²I. So Σ x_i = tr C⁻¹(C − σ²I)
      = d − σ² tr C⁻¹. By Cauchy's inequality tr C⁻¹ ≥ d²/tr C, and tr C ≤ E‖X‖². So Σ
      x_i ≤ d − d·dσ²/E‖X‖² = d(1 − η).

      A uniform subset has covariance α(I − 11ᵀ/N) ≼ αI with α = v·N/(N − 1). Then Σ corr² = tr(ΣFᵀC⁻¹FΣ)/v ≤
      (α/v)·tr C⁻¹FΣFᵀ, and the rest is as before. Averaged over
      dictionaries η is that of the mean E‖X‖², as d(1 − dσ²/E) is concave in E.`,
    computed:
      'The best encoder and a drawn one, by Cholesky factors, for uncorrelated amplitudes and for subsets.',
    sampled:
      '300 drawn systems, N ≤ 12, d ≤ 6, nearly parallel codewords among them; no error rate is needed.',
  },
  async check({ seed }) {
    const systems = fc.record({
      N: fc.integer({ min: 2, max: 12 }),
      d: fc.integer({ min: 1, max: 6 }),
      noise: evenly(0.01, 2),
      parallel: fc.constantFrom(0, 10),
      subset: fc.boolean(),
      trial: fc.nat(),
    })
    let closest = 0
    const runs = await forAll(
      systems,
      ({ N, d, noise, parallel, subset, trial }) => {
        const random = stream(seed, 'system', trial)
        const common = normals(random, d)
        const codewords = Array.from({ length: N }, () =>
          unit(normals(random, d).map((x, c) => x + parallel * common[c])),
        )
        const covariance = Array.from({ length: N }, (_, i) => {
          const own = subset ? 1 : random.uniform() + 0.01
          return Float64Array.from({ length: N }, (_, j) => (i === j ? own : subset ? -1 / (N - 1) : 0))
        })
        const encoder = codewords.map(() => normals(random, d))
        const { best, given, wall } = correlations({ codewords, covariance, noise }, encoder)
        const most = subset ? (wall * N) / (N - 1) : wall
        closest = Math.max(closest, most > 0 ? best / most : 0)
        return given <= best * (1 + 1e-9) && best <= most * (1 + 1e-9) + 1e-12
      },
      { seed, runs: 300 },
    )
    return {
      verdict: 'proved',
      evidence:
        `the best encoder and a drawn one in ${runs} drawn systems stay below d(1 − η), ` +
        `the best at up to ${(100 * closest).toFixed(1)} % of it`,
      data: { closest },
    }
  },
}
