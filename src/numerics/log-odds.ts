/** ln((1 − p)/p), the log odds against what has probability p; ∞ at 0, −∞ at 1. */
export const logOddsAgainstRate = (p: number): number => Math.log1p(-p) - Math.log(p)
