import type { MeasuredTable } from '../../results/report.js'

export type Measured = MeasuredTable['rows'][number]

/**
 * The measured dimensions next to a problem's size: at (N, k) itself where it was measured, else at the measured
 * sizes on both sides of it, up to four a decoder.
 */
export function measuredNear({ rows }: MeasuredTable, N: number, k: number): Measured[] {
  const decoders = [...new Set(rows.map(({ decoder }) => decoder))]
  return decoders.flatMap((decoder) => {
    const own = rows.filter((row) => row.decoder === decoder)
    const sizes = around(
      own.map((row) => row.N),
      N,
    )
    const sparsities = around(
      own.map((row) => row.k),
      k,
    )
    return own.filter((row) => sizes.includes(row.N) && sparsities.includes(row.k))
  })
}

/** The value itself where it is among the others, else the nearest of them below and above. */
function around(values: readonly number[], value: number): number[] {
  if (values.includes(value)) return [value]
  const below = values.filter((other) => other < value)
  const above = values.filter((other) => other > value)
  return [
    ...(below.length > 0 ? [Math.max(...below)] : []),
    ...(above.length > 0 ? [Math.min(...above)] : []),
  ]
}
