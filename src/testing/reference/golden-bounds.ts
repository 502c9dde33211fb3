import type { Parameters } from '../../bounds/parameters.js'
import { referenceDimension, referenceIds } from './bounds.js'

/** Where the golden values are kept, from the folder of the package. */
export const goldenPath = 'src/testing/reference/golden-bounds.json'

/** The dimensions of bounds at one size, by id. */
export interface Golden extends Parameters {
  readonly dimensions: Readonly<Record<string, number>>
}

/** Every bound that has a formula, at one size. */
export const referenceDimensions = (at: Parameters): Golden => ({
  ...at,
  dimensions: Object.fromEntries(referenceIds(at).map((id) => [id, referenceDimension(id, at)])),
})
