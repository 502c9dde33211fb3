/** The number in [0, 1] that is nearest to x. */
export const clip = (x: number): number => Math.min(1, Math.max(0, x))
