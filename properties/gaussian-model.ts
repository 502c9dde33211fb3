import fc from 'fast-check'
import { add, dot, identity, inv, type Matrix, matrix, multiply, subtract, transpose } from 'mathjs'
import { evenly } from '../src/arbitraries/evenly.js'

/** X = S·f + Z with Z ~ N(0, Σ) in a few dimensions, and a drawn x. */
export interface GaussianModel {
  readonly f: number[]
  readonly sigma: number[][]
  readonly x: number[]
}

/** Models of 1 to 4 dimensions; Σ = AAᵀ + I/10, well conditioned enough for double precision. */
export const gaussianModels: fc.Arbitrary<GaussianModel> = fc.integer({ min: 1, max: 4 }).chain((n) => {
  const entry = evenly(-3, 3)
  const vector = fc.array(entry, { minLength: n, maxLength: n })
  const nonzero = vector.filter((v) => Math.hypot(...v) > 0.1)
  return fc
    .record({ f: nonzero, A: fc.array(vector, { minLength: n, maxLength: n }), x: vector })
    .map(({ f, A, x }) => {
      const square = multiply(matrix(A), transpose(matrix(A)))
      const sigma = add(square, multiply(identity(n), 0.1)) as Matrix
      return { f, sigma: sigma.toArray() as number[][], x }
    })
})

/** ⟨v, w⟩_Σ = vᵀΣ⁻¹w. */
export const inner = (v: number[], w: number[], sigma: number[][]): number =>
  dot(v, multiply(inv(matrix(sigma)), matrix(w)).toArray() as number[])

/** λ(x) = ⟨f, x⟩_Σ/‖f‖²_Σ and ρ = ‖f‖²_Σ. */
export function matchedFilter({ f, sigma, x }: GaussianModel): { lambda: number; rho: number } {
  const rho = inner(f, f, sigma)
  return { lambda: inner(f, x, sigma) / rho, rho }
}

/** ln p(x | S = s) − ln p(x | S = 0), from the densities alone. */
export function logLikelihoodRatio({ f, sigma, x }: GaussianModel, s: number): number {
  const quadratic = (v: number[]) => -0.5 * inner(v, v, sigma)
  return quadratic(subtract(x, multiply(f, s)) as number[]) - quadratic(x)
}

/** Whether two numbers agree to the precision that Σ's conditioning leaves. */
export const close = (a: number, b: number): boolean =>
  Math.abs(a - b) <= 1e-9 * (1 + Math.abs(a) + Math.abs(b))
