import type { Shape } from '../../codes/model.js'
import type { Declared } from '../../decoders/decoder.js'
import { firstLine } from '../../io/first-line.js'
import type { Violation } from './sampler.js'
import { placeOf } from './thrown-at.js'

/** Why the decoder refuses this shape, in one line; undefined where it does not; a violation where it throws. */
export function refusalOf(decoder: Declared, shape: Shape): string | Violation | undefined {
  try {
    const refusal: unknown = decoder.refuses?.(shape)
    return refusal === undefined ? undefined : firstLine(refusal)
  } catch (error) {
    return { kind: 'throw', message: `threw in refuses: ${firstLine(error)}${placeOf(error)}` }
  }
}

/** The coherence below which it promises to read every k-subset; NaN where it says nothing that is a number. */
export function guaranteeOf(decoder: Declared, k: number): number {
  try {
    const coherence: unknown = decoder.coherenceGuarantee?.(k)
    return typeof coherence === 'number' ? coherence : Number.NaN
  } catch {
    return Number.NaN
  }
}
