/** N of the paper's figures: 2^8, 2^12, 2^16 and 2^20. */
export const sizes = [2 ** 8, 2 ** 12, 2 ** 16, 2 ** 20]

/**
 * Those that the abstract speaks of. A rule that holds in part of its range is supported when it holds for most k at
 * both.
 */
export const largeSizes = [2 ** 16, 2 ** 20]

/** k of the paper's figures: 1 … 100. */
export const sparsities = Array.from({ length: 100 }, (_, i) => i + 1)

/** The largest and smallest of some numbers. */
export function range(values: readonly number[]): readonly [number, number] {
  return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))]
}

/** A share in whole percent. */
export const percent = (share: number): string => `${(100 * share).toFixed(0)} %`

/**
 * What a constant printed with so many decimals may stand for, as shares of it: 8 is 7.5 to 8.5, 1.3 is 1.25 to 1.35.
 * The tolerance of the paper's rules, read from the paper.
 */
export function asPrinted(constant: number, decimals = 0): readonly [number, number] {
  const half = 0.5 * 10 ** -decimals
  return [(constant - half) / constant, (constant + half) / constant]
}

/** The k of some cells, in ascending order, as runs: 1–3, 5, 9–100. */
export function runs(cells: readonly { readonly k: number }[]): string {
  const ks = cells.map(({ k }) => k)
  const starts = ks.filter((k, i) => k !== ks[i - 1] + 1)
  const ends = ks.filter((k, i) => k + 1 !== ks[i + 1])
  return starts.map((from, i) => (from === ends[i] ? `${from}` : `${from}–${ends[i]}`)).join(', ') || 'none'
}
