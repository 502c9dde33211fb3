import { statisticalDimension } from '../../bounds/statistical-dimension.js'
import type { BatchedDictionary } from '../../codes/batched-dictionary.js'
import { inner } from '../../numerics/inner.js'
import { remainder } from '../lasso/objective.js'
import { applyLayer, type ListaLayer, type Sparse } from './layer.js'

/** One code on its way through the layers. */
export class ForwardPass {
  y: Sparse = { indices: [], values: [] }
  /** x − Fy. */
  residual: Float64Array
  readonly #many: BatchedDictionary
  readonly #code: Float64Array
  /** The minimax soft threshold for k of N, in standard deviations. */
  readonly #t: number

  constructor(many: BatchedDictionary, code: Float64Array, k: number) {
    this.#many = many
    this.#code = code
    this.#t = statisticalDimension(many.size, k, 1).t
    this.residual = code
  }

  /** What the layer would make of y, by the scores of the residual. */
  through(layer: ListaLayer, scores: Float64Array): Sparse {
    const deviation = Math.sqrt(inner(this.residual, this.residual) / this.residual.length)
    return applyLayer(this.y, scores, this.#t * deviation, layer)
  }

  advance(layer: ListaLayer, scores: Float64Array): void {
    this.y = this.through(layer, scores)
    this.residual = remainder(this.#many, this.#code, this.y)
  }
}
