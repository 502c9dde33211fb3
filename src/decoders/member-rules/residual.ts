import type { Members } from './members.js'

/** Where more weights than this change at once, as at a step of OMP, the residual is summed anew. */
const FEW = 8

/**
 * A residual r = Σ weights[m]·(row m) that moves from one set of weights to the next by what differs: a row a step of
 * pursuit.
 */
export class Residual {
  readonly #weights: Float64Array
  readonly #members: Members
  #entries: Int32Array | Float64Array

  /** The code itself. */
  constructor(members: Members) {
    this.#members = members
    this.#entries = members.code.slice()
    this.#weights = new Float64Array(members.k).fill(1)
  }

  /** Length d; integers, and exact, for whole weights. */
  get entries(): Int32Array | Float64Array {
    return this.#entries
  }

  move(weights: Float64Array): void {
    let whole = true
    let changed = 0
    for (let m = 0; m < weights.length; m++) {
      if (weights[m] !== Math.floor(weights[m])) whole = false
      if (weights[m] !== this.#weights[m]) changed++
    }
    if (!whole && changed > FEW) this.#entries = this.#members.combine(weights)
    else this.#step(weights, whole)
    this.#weights.set(weights)
  }

  #step(weights: Float64Array, whole: boolean): void {
    if (!whole && this.#entries instanceof Int32Array) this.#entries = Float64Array.from(this.#entries)
    for (let m = 0; m < weights.length; m++) {
      const change = weights[m] - this.#weights[m]
      if (change !== 0) this.#members.add(this.#entries, m, change)
    }
    if (whole && this.#entries instanceof Float64Array)
      this.#entries = Int32Array.from(this.#entries, Math.round)
  }

  get energy(): number {
    let energy = 0
    for (let j = 0; j < this.#entries.length; j++) energy += this.#entries[j] ** 2
    return energy
  }
}
