import type { Decimation } from './decimation.js'

/** Posterior means between which a codeword is worth guessing: surer ones are known, rarer ones too many. */
const GUESS = { least: 0.02, most: 0.7 }
/** A guess is built upon where its noise is in the lower half of those of as many guesses, once there are a few. */
const FEW = 16
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
  /** Steps of message passing after each. */
  readonly steps: number
  /** Uniform on [0, 1). */
  readonly random: () => number
}

/**
 * Sets of guesses, grown one at a time: from the root down a guess drawn by its posterior mean, up to the first that is new. A set is
 * tried once, whatever the order of its guesses, and only those are built upon that leave little noise.
 */
export class GuessTree {
  readonly #root: Guess
  readonly #options: TreeOptions
  readonly #tried = new Set<string>()
  /** By number of guesses the noises seen, ascending. */
  readonly #noises: number[][] = []

  constructor(root: Decimation, options: TreeOptions) {
    this.#root = guess(root)
    this.#options = options
  }

  /** The state of a new set of guesses; undefined where none is left. */
  grow(): Decimation | undefined {
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
        const state = this.#take(last, codeword)
        if (state) return state
      } else if (path.length === 1) return undefined
      // Nothing is left below it.
      else path[path.length - 2].next.set(last.state.pinned[path.length - 2], undefined)
    }
  }

  /** The state with one more guess, unless the set was tried before. */
  #take(on: Guess, codeword: number): Decimation | undefined {
    const { pins, steps } = this.#options
    on.next.set(codeword, undefined)
    const set = [...on.state.pinned, codeword].sort((a, b) => a - b).join()
    if (this.#tried.has(set)) return undefined
    this.#tried.add(set)
    const state = on.state.pin(codeword)
    state.advance(steps)
    if (this.#promising(state) && state.pinned.length < pins) on.next.set(codeword, guess(state))
    return state
  }

  #promising({ noise, pinned }: Decimation): boolean {
    this.#noises[pinned.length] ??= []
    const noises = this.#noises[pinned.length]
    const at = noises.findIndex((other) => other >= noise)
    noises.splice(at < 0 ? noises.length : at, 0, noise)
    return noises.length <= FEW || noise < noises[noises.length >> 1]
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
