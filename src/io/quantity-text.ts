/** A number in a message; an integer exactly, beyond 2^53 too: `2^60`, `1152921504606846977`. */
export function exactText(value: number): string {
  if (!Number.isInteger(value) || Number.isSafeInteger(value)) return String(value)
  const power = Math.log2(Math.abs(value))
  const exact = Number.isInteger(power) && 2 ** power === Math.abs(value)
  return exact ? `${value < 0 ? '-' : ''}2^${power}` : BigInt(value).toString()
}

/** Bytes in GiB, in three significant digits: `3.75 GiB`. */
export const gibText = (bytes: number): string => `${(bytes / 2 ** 30).toPrecision(3)} GiB`

/** A share in percent, in at most three significant digits: `12.5 %`. */
export const shareText = (share: number): string => `${Number((100 * share).toPrecision(3))} %`
