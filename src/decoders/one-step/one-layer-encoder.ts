import { givenDictionary } from '../../codes/dense.js'
import { fixedStepsDecoder } from '../decode-report.js'
import { largest } from '../largest.js'

/**
 * What a one-layer encoder reads of its pre-activations z: z > 0, z > θ (one for all or one for each), or the k largest.
 */
export type Activation = 'relu' | 'top-k' | { readonly jump: number | ArrayLike<number> }

export interface OneLayer {
  /** G: N rows of length d. */
  readonly weights: readonly ArrayLike<number>[]
  /** b: one number for all, or N of them; 0 unless given. */
  readonly bias?: number | ArrayLike<number>
  readonly activation: Activation
}

/**
 * The encoder of a sparse autoencoder as a decoder of codes: i is in Ŷ iff the activation of z = GX + b is on at i. ReLU
 * (Cunningham et al. 2023), JumpReLU (Rajamanoharan et al. 2024), top-k (Makhzani & Frey 2013; Gao et al. 2024). With G = Fᵀ it is
 * threshold or top-k decoding. One pass over the weights; the answer may have any size unless the activation is top-k.
 * @throws RangeError for rows of unequal length, a bias or θ that is not one number or N; and as it decodes for a dictionary of
 * another N or d.
 */
export function oneLayerEncoder({ weights, bias = 0, activation }: OneLayer) {
  const encoder = givenDictionary(weights)
  const N = encoder.size
  const offset = everyNumber(bias, N, 'bias')
  const bar = activation === 'top-k' ? undefined : barOf(activation, N)
  return fixedStepsDecoder(
    {
      name: `one-layer-${typeof activation === 'string' ? activation : 'jump-relu'}`,
      source: 'Sections 1 and 2',
      sizeVaries: activation !== 'top-k',
    },
    (dictionary, codes, k) => {
      if (dictionary.size !== N)
        throw new RangeError(`an encoder of ${N} rows reads no ${dictionary.size} codewords`)
      return encoder.correlateMany(codes).map((row) => {
        const z = row.map((score, i) => score + offset[i])
        if (!bar) return largest(z, k)
        return Array.from(z.keys()).filter((i) => z[i] > bar[i])
      })
    },
  )
}

const barOf = (activation: Exclude<Activation, 'top-k'>, N: number): Float64Array =>
  activation === 'relu' ? new Float64Array(N) : everyNumber(activation.jump, N, 'jump')

function everyNumber(given: number | ArrayLike<number>, N: number, what: string): Float64Array {
  const all = typeof given === 'number' ? new Float64Array(N).fill(given) : Float64Array.from(given)
  if (all.length !== N || !all.every(Number.isFinite)) {
    throw new RangeError(`the ${what} is one finite number or ${N} of them`)
  }
  return all
}
