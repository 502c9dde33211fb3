import { firstInteger } from '../../numerics/bisect.js'
import type { Taken } from './take-answer.js'

/** What scores and amplitudes are held against. */
export interface Sent {
  /** The active codewords, ascending. */
  readonly subset: readonly number[]
  /** Their amplitudes; 1 unless given. */
  readonly weights?: Float64Array | undefined
  /** X as the decoder was given it, length d. */
  readonly code: Float64Array
  /** Σ weights[m]·f_(subset[m]), length d. */
  combine(subset: readonly number[], weights: Float64Array): Float64Array
}

/** The scores of one answer, each rounded to 12 significant bits. */
export interface ToldScores {
  readonly active: readonly number[]
  /** Those of the others that differ, ascending, and how many of the others have each. */
  readonly others: { readonly scores: Float32Array; readonly counts: Uint32Array }
  /** Pairs of an active codeword and another, and those in which the active one is ahead; half of those that tie. */
  readonly pairs: number
  readonly ahead: number
}

/** What one answer says beside its list. */
export interface Told {
  readonly scores?: ToldScores
  readonly errors?: {
    /** ‖Â − A‖². */
    readonly amplitudes: number
    /** ‖X − FÂ‖², and ‖X‖². */
    readonly code: number
    readonly energy: number
  }
}

/** What an answer says beside its list; undefined where it says no more. */
export function told(sent: Sent, { list, scores, amplitudes }: Taken): Told | undefined {
  if (!scores && !amplitudes) return undefined
  return {
    ...(scores && { scores: scoresOf(scores, sent.subset) }),
    ...(amplitudes && { errors: errorsOf(sent, list, Float64Array.from(amplitudes)) }),
  }
}

function scoresOf(scores: readonly number[], subset: readonly number[]): ToldScores {
  const members = Float64Array.from(subset, (i) => scores[i]).sort()
  const isActive = new Set(subset)
  const others = new Float32Array(scores.length - members.length)
  let [ahead, at] = [0, 0]
  scores.forEach((score, i) => {
    if (isActive.has(i)) return
    others[at++] = rounded(score)
    ahead += members.length - (countBelow(members, score, false) + countBelow(members, score, true)) / 2
  })
  const pairs = members.length * (scores.length - members.length)
  return { active: Array.from(members, rounded), others: counted(others.sort()), pairs, ahead }
}

function counted(ascending: Float32Array): ToldScores['others'] {
  const starts = Uint32Array.from(ascending.keys()).filter(
    (i) => i === 0 || ascending[i] !== ascending[i - 1],
  )
  const counts = starts.map((start, n) => (starts[n + 1] ?? ascending.length) - start)
  return { scores: Float32Array.from(starts, (i) => ascending[i]), counts }
}

/** How many of an ascending list are below a score, or at it. */
const countBelow = (ascending: Float64Array, score: number, orAt: boolean): number =>
  firstInteger(-1, ascending.length, (n) => !(ascending[n] < score || (orAt && ascending[n] === score)))

const single = new Float32Array(1)
const bits = new Int32Array(single.buffer)

/** The number to 12 significant bits; as float32 has it where that is too large. */
function rounded(score: number): number {
  single[0] = score
  bits[0] &= ~0xfff
  return single[0]
}

function errorsOf({ subset, weights, code, combine }: Sent, list: readonly number[], said: Float64Array) {
  const saidOf = new Map(list.map((i, m) => [i, said[m]]))
  let amplitudes = 0
  subset.forEach((i, m) => {
    amplitudes += ((saidOf.get(i) ?? 0) - (weights?.[m] ?? 1)) ** 2
    saidOf.delete(i)
  })
  for (const a of saidOf.values()) amplitudes += a * a
  const rebuilt = combine(list, said)
  const energy = code.reduce((sum, entry) => sum + entry * entry, 0)
  return { amplitudes, code: code.reduce((sum, entry, j) => sum + (entry - rebuilt[j]) ** 2, 0), energy }
}
