/** Off-diagonal mass, relative to the diagonal, at which Jacobi's sweeps end. */
const NEGLIGIBLE = 1e-30

/**
 * The eigenvalues of a symmetric matrix, ascending, to about 1e-14 of the largest (cyclic Jacobi rotations: Golub &
 * Van Loan, "Matrix computations", Section 8.5). For small matrices: n³ operations a sweep, some six sweeps.
 */
export function eigenvalues(symmetric: readonly ArrayLike<number>[]): Float64Array {
  const n = symmetric.length
  const A = symmetric.map((row) => Float64Array.from(row))
  for (;;) {
    let off = 0
    let diagonal = 0
    for (let p = 0; p < n; p++) {
      diagonal += A[p][p] ** 2
      for (let q = 0; q < p; q++) off += A[p][q] ** 2
    }
    if (off <= NEGLIGIBLE * diagonal) return Float64Array.from(A, (row, p) => row[p]).sort()
    for (let p = 1; p < n; p++) for (let q = 0; q < p; q++) if (A[p][q] !== 0) rotate(A, p, q)
  }
}

/** Zero A[p][q] by a rotation of the plane (p, q). */
function rotate(A: Float64Array[], p: number, q: number): void {
  const theta = (A[q][q] - A[p][p]) / (2 * A[p][q])
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1))
  const c = 1 / Math.hypot(t, 1)
  const s = t * c
  for (const row of A) {
    const a = row[p]
    row[p] = c * a - s * row[q]
    row[q] = s * a + c * row[q]
  }
  const [P, Q] = [A[p], A[q]]
  for (let r = 0; r < A.length; r++) {
    const a = P[r]
    P[r] = c * a - s * Q[r]
    Q[r] = s * a + c * Q[r]
  }
}
