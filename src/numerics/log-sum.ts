/** ln Σ e^x over some logarithms, of which none overflows; −∞ of nothing. */
export function logSum(terms: readonly number[]): number {
  const largest = terms.reduce((a, b) => Math.max(a, b), -Infinity)
  return largest + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - largest), 0))
}
