import type { Decimation } from './decimation.js'

/** Noise below which message passing is taken to have got through: it falls to nothing from there. */
export const FALLEN = 0.3
/** Posterior means between which a codeword is worth guessing: surer ones are known, rarer ones too many. */
const GUESS = { least: 0.02, most: 0.7 }
/**
 * Rounds of steps that a guess is given at most: it goes on while its noise is in the lower half of those that came
 * as far.
 */
const ROUNDS = 5
/** Noises from which on there are enough to tell their lower half. */
const FEW = 4
/** A guess whose noise is in the lower half is so much more often right than others of its posterior mean. */
const FAVOUR = 1.6

/** Some codewords taken for members, and what message passing makes of them. */
interface Guess {
  readonly state: Decimation
  /** Codewords worth guessing next, and their posterior means. */
  readonly codewords: readonly number[]
  readonly means: readonly number[]
  /** By codeword, those taken so far; undefined where it is not worth building upon. */
  readonly next: Map<number, Guess | undefined>
}

export interface TreeOptions {
  /** Guesses on top of one another, at most. */
  readonly pins: number
  /** Steps of message passing a round. */
  readonly steps: number
  /** Uniform on [0, 1). */
  readonly random: () => number
}

/** A set of guesses that was tried. */
export interface Try {
  readonly state: Decimation
  /** Steps of message passing that it took. */
  readonly steps: number
}

/**
 * Sets of guesses, grown one at a time: from the root down a guess drawn by its posterior mean, up to the first that
 * is new. A set is tried once, whatever the order of its guesses. Near the barrier message passing crawls, so a guess
 * that leaves little noise is given more steps, and only such are built upon: successive halving (Jamieson &
 * Talwalkar 2016), over sets that come one by one.
 */
export class GuessTree {
  readonly #root: Guess
  readonly #options: TreeOptions
  readonly #tried = new Set<string>()
  /** By number of guesses and of rounds the noises seen, ascending. */
  readonly #noises = new Map<string, number[]>()

  constructor(root: Decimation, options: TreeOptions) {
    this.#root = guess(root)
    this.#options = options
  }

  /** A new set of guesses, tried; undefined where none is left. */
  grow(): Try | undefined {
    for (;;) {
      const path = [this.#root]
      let codeword: number | undefined
      for (;;) {
        const last = path[path.length - 1]
        codeword = drawn(last, this.#options.random)
        const next = codeword === undefined ? undefined : last.next.get(codeword)
        if (!next) break
        path.push(next)
      }
      const last = path[path.length - 1]
      if (codeword !== undefined) {
        const tried = this.#take(last, codeword)
        if (tried) return tried
      } else if (path.length === 1) return undefined
      // Nothing is left below it.
      else path[path.length - 2].next.set(last.state.pinned[path.length - 2], undefined)
    }
  }

  /** One more guess, unless the set was tried before. */
  #take(on: Guess, codeword: number): Try | undefined {
    const { pins, steps } = this.#options
    on.next.set(codeword, undefined)
    const set = [...on.state.pinned, codeword].sort((a, b) => a - b).join()
    if (this.#tried.has(set)) return undefined
    this.#tried.add(set)
    const state = on.state.pin(codeword)
    let rounds = 0
    let promising: boolean
    do {
      state.advance(steps)
      rounds++
      promising = this.#promising(state, rounds)
    } while (promising && rounds < ROUNDS && state.noise >= FALLEN)
    if ((promising || rounds > 1) && state.pinned.length < pins) on.next.set(codeword, guess(state))
    return { state, steps: rounds * steps }
  }

  /** Whether the noise is in the lower half of those after as many guesses and rounds; true while there are few. */
  #promising({ noise, pinned }: Decimation, rounds: number): boolean {
    const age = `${pinned.length}, ${rounds}`
    const noises = this.#noises.get(age) ?? []
    this.#noises.set(age, noises)
    const at = noises.findIndex((other) => other >= noise)
    const lower = at < 0 ? noises.length : at
    noises.splice(lower, 0, noise)
    return noises.length <= FEW || 2 * lower < noises.length
  }
}

function guess(state: Decimation): Guess {
  const { indices, values } = state.passing.estimate
  const codewords: number[] = []
  const means: number[] = []
  for (let m = 0; m < indices.length; m++) {
    if (values[m] < GUESS.least || values[m] > GUESS.most) continue
    codewords.push(indices[m])
    means.push(values[m])
  }
  return { state, codewords, means, next: new Map() }
}

/** A codeword drawn by its posterior mean among those that are new or built upon. */
function drawn({ codewords, means, next }: Guess, random: () => number): number | undefined {
  const weights = codewords.map((m, at) => {
    if (!next.has(m)) return means[at]
    return next.get(m) ? FAVOUR * means[at] : 0
  })
  let left = random() * weights.reduce((sum, weight) => sum + weight, 0)
  return codewords.find((_, at) => {
    left -= weights[at]
    return weights[at] > 0 && left <= 0
  })
}
