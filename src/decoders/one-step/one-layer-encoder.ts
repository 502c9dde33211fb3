import { givenDictionary } from '../../codes/dense.js'
import { fixedStepsDecoder } from '../decode-report.js'
import { largest } from '../largest.js'
import { checkOption, checkOptions, type OptionRule } from '../options.js'

/**
 * What a one-layer encoder reads of its pre-activations z: z > 0, z > θ (one for all or one for each), or the k
 * largest.
 *
 * @since 0.1.0
 */
export type Activation = 'relu' | 'top-k' | { readonly jump: number | ArrayLike<number> }

/** The weights and the activation of a one-layer encoder. @since 0.1.0 */
export interface OneLayer {
  /** G: N rows of length d. */
  readonly weights: readonly ArrayLike<number>[]
  /** b: one number for all, or N of them. @defaultValue `0` */
  readonly bias?: number | ArrayLike<number>
  readonly activation: Activation
}

/**
 * The encoder of a sparse autoencoder as a decoder of codes: i is in Ŷ iff the activation of z = GX + b is on at i.
 * ReLU (Cunningham et al. 2023), JumpReLU (Rajamanoharan et al. 2024), top-k (Makhzani & Frey 2013; Gao et al. 2024).
 * With G = Fᵀ, of unit codewords, it is threshold or top-k decoding. One pass over the weights; the answer may have any
 * size unless the activation is top-k.
 * @throws RangeError for rows of unequal length, a bias or θ that is not one number or N, another activation; and as
 * it decodes for a dictionary of another N or d.
 * @since 0.1.0
 */
export function oneLayerEncoder(layer: OneLayer) {
  const where = 'oneLayerEncoder'
  const N = Array.isArray(layer?.weights) ? layer.weights.length : 0
  const rules = { weights: rows, bias: oneOrEach(N), activation: activationFor(N) }
  const { weights, bias = 0, activation } = checkOptions(where, layer, rules)
  checkOption(where, 'weights', weights, rules.weights)
  checkOption(where, 'activation', activation, rules.activation)
  const encoder = givenDictionary(weights)
  const offset = everyNumber(bias, N)
  const [rule, label] = typeof activation === 'string' ? [activation, activation] : ['jump-relu', 'JumpReLU']
  const bar = activation === 'top-k' ? undefined : barOf(activation, N)
  return fixedStepsDecoder(
    {
      name: `one-layer-${rule}`,
      source: 'Sections 1 and 2',
      label: `one-layer ${label}`,
      family: 'one-step',
      sizeVaries: activation !== 'top-k',
    },
    (dictionary, codes, k) => {
      const { size, dimension } = dictionary
      if (size !== N || dimension !== encoder.dimension) {
        const rows = `${N} rows of length ${encoder.dimension}`
        throw new RangeError(`${where} has ${rows}: it reads no ${size} codewords of length ${dimension}`)
      }
      return encoder.correlateMany(codes).map((row) => {
        const z = row.map((score, i) => score + offset[i])
        if (!bar) return largest(z, k)
        return Array.from(z.keys()).filter((i) => z[i] > bar[i])
      })
    },
  )
}

const barOf = (activation: Exclude<Activation, 'top-k'>, N: number): Float64Array =>
  everyNumber(activation === 'relu' ? 0 : activation.jump, N)

const everyNumber = (given: number | ArrayLike<number>, N: number): Float64Array =>
  typeof given === 'number' ? new Float64Array(N).fill(given) : Float64Array.from(given)

const isList = (value: unknown): value is ArrayLike<unknown> =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value)

const rows: OptionRule<OneLayer['weights']> = {
  right: 'a list of N ≥ 1 rows of d numbers',
  accepts: (value): value is OneLayer['weights'] =>
    Array.isArray(value) && value.length > 0 && value.every(isList),
}

const oneOrEach = (N: number): OptionRule<number | ArrayLike<number>> => ({
  right: `one finite number or ${N} of them`,
  accepts: (value): value is number | ArrayLike<number> =>
    isList(value) ? value.length === N && Array.from(value).every(Number.isFinite) : Number.isFinite(value),
})

const activationFor = (N: number): OptionRule<Activation> => ({
  right: `'relu', 'top-k' or {jump: ${oneOrEach(N).right}}`,
  accepts: (value): value is Activation =>
    value === 'relu' || value === 'top-k' || oneOrEach(N).accepts((value as { jump?: unknown } | null)?.jump),
})
