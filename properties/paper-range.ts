/** N of the paper's figures: 2^8, 2^12, 2^16 and 2^20. */
export const sizes = [2 ** 8, 2 ** 12, 2 ** 16, 2 ** 20]

/** k of the paper's figures: 1 … 100. */
export const sparsities = Array.from({ length: 100 }, (_, i) => i + 1)

/** The largest and smallest of some numbers. */
export function range(values: readonly number[]): readonly [number, number] {
  return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))]
}

/** How a size is written: 2^20. */
export const power = (N: number): string => `2^${Math.log2(N)}`

/** A number rounded to so many decimals, as records are kept. */
export const rounded = (x: number, decimals: number): number => Number(x.toFixed(decimals))
