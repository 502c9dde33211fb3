/** Bytes in GiB, in three significant digits: `3.75 GiB`. */
export const gibText = (bytes: number): string => `${(bytes / 2 ** 30).toPrecision(3)} GiB`

/** A share in percent, in at most three significant digits: `12.5 %`. */
export const shareText = (share: number): string => `${Number((100 * share).toPrecision(3))} %`
