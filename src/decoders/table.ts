import type { BuiltInDecoder, Declared } from './decoder.js'
import { matchingPursuit } from './matching-pursuit.js'
import { orthogonalMatchingPursuit } from './omp.js'
import { threshold } from './threshold.js'
import { topK } from './top-k.js'

/** Every built-in decoder. */
export const builtInDecoders: readonly (BuiltInDecoder & Declared)[] = [
  threshold(),
  topK(),
  matchingPursuit('unit'),
  matchingPursuit('projection'),
  orthogonalMatchingPursuit(),
  orthogonalMatchingPursuit('magnitude'),
]

/** The built-in decoder of this name, or undefined. */
export const builtInDecoder = (name: string) => builtInDecoders.find((decoder) => decoder.name === name)
