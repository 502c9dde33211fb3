import type { Members } from './members.js'

/** A residual r = Σ weights[m]·(row m) that moves from one set of weights to the next by what differs: a row a step of pursuit. */
export class Residual {
  /** Length d; exact for whole weights. */
  readonly entries: Float64Array
  readonly #weights: Float64Array
  readonly #members: Members

  /** The code itself. */
  constructor(members: Members) {
    this.#members = members
    this.entries = Float64Array.from(members.code)
    this.#weights = new Float64Array(members.k).fill(1)
  }

  move(weights: Float64Array): void {
    for (let m = 0; m < weights.length; m++) {
      const change = weights[m] - this.#weights[m]
      if (change !== 0) this.#members.add(this.entries, m, change)
    }
    this.#weights.set(weights)
  }

  get energy(): number {
    let energy = 0
    for (let j = 0; j < this.entries.length; j++) energy += this.entries[j] ** 2
    return energy
  }
}
