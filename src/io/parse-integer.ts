/**
 * The integer ≥ 0 written plainly or as a power: 1048576, 2^20, 10^100; NaN for any other text. Beyond 2^53 it is the
 * nearest double.
 */
export function integerFromText(text: string): number {
  const match = /^(\d+)(?:\^(\d+))?$/.exec(text.trim())
  const value = match ? Number(match[1]) ** Number(match[2] ?? 1) : Number.NaN
  return Number.isFinite(value) ? value : Number.NaN
}
