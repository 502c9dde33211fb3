import type { ContractViolation, Method, Sampler } from '../success/trials/sampler.js'

export interface SyntheticOptions {
  /** d50. */
  readonly dimension: number
  /** Growth of the log odds of success with ln d. */
  readonly steepness?: number
  /** Names the draws: samplers of one name agree on every trial that their rates do not tell apart. */
  readonly noise?: number
  /** Values strictly between 0 and 1 instead of outcomes. */
  readonly method?: Method
  /** Breaks the contract on this trial. */
  readonly faultAt?: number
  readonly decoder?: string
}

/** A sampler of known success: log odds steepness · ln(d/dimension). Trials share their randomness across d. */
export function synthetic({
  dimension,
  steepness = 8,
  noise = 0,
  method = 'simulation',
  faultAt,
  decoder = 'synthetic',
}: SyntheticOptions): Sampler {
  return {
    decoder,
    method,
    async run({ N, k, d }, seed, from, trials) {
      const odds = (d / dimension) ** steepness
      const rate = odds / (1 + odds)
      const start = hash(noise, N, k, ...Array.from(seed, (character) => character.charCodeAt(0)))
      const values = Float64Array.from({ length: trials }, (_, t) => {
        const u = hash(start, from + t) / 2 ** 32
        return method === 'simulation'
          ? Number(u < rate)
          : 0.7 * rate + 0.3 * u * 2 * Math.min(rate, 1 - rate)
      })
      const faults: ContractViolation[] = []
      if (faultAt !== undefined && from <= faultAt && faultAt < from + trials) {
        values[faultAt - from] = 0
        faults.push({ kind: 'throw', message: 'threw: no idea', N, k, d, seed, trial: faultAt })
      }
      return { values, faults }
    },
    close: async () => {},
  }
}

/** Mixes integers into one of 32 bits: the finaliser of MurmurHash3 after each. */
function hash(...parts: readonly number[]): number {
  let h = 0
  for (const part of parts) {
    h = Math.imul(h ^ part, 0x85ebca6b) + 0x9e3779b9
    h ^= h >>> 16
    h = Math.imul(h, 0x7feb352d)
    h ^= h >>> 15
    h = Math.imul(h, 0x846ca68b)
    h ^= h >>> 16
  }
  return h >>> 0
}
