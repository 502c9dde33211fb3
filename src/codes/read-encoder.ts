import { shown } from '../io/arguments.js'
import { InputError } from '../io/input-error.js'
import { type Orientation, prefixOf } from '../tensors/known-names.js'
import { elementsOf, shapeText, type Tensor } from '../tensors/tensor.js'
import { type EncoderConfig, encoderConfig, encoderRefusal } from './encoder-config.js'
import type { Float32Dictionary } from './float32-dictionary.js'

/**
 * The encoder of an autoencoder: latents are activation(⟨w_i, x − b_dec⟩ + b_enc[i]), or activation(⟨w_i, x⟩ +
 * b_enc[i]), where the decoder is x̂ = b_dec + Σ z_i f_i. It is the decoder's transpose only where they are tied.
 *
 * @since 0.2.0
 */
export interface Encoder {
  /** w_i, N rows of length d. */
  readonly weights: Float32Dictionary
  /** Length N, zeros where the file has none. */
  readonly bias: Float64Array
  /** b_dec, length d; zeros where the file has none. */
  readonly decoderBias: Float64Array
  /**
   * Whether the encoder subtracts it from x: as cfg.json beside the file says; else that of Gemma Scope (`threshold`
   * beside `W_enc`) and of Llama Scope (`decoder.bias`) does not, and others do.
   */
  readonly subtractsBias: boolean
  /** ReLU; JumpReLU, zero up to a threshold; or the k largest. */
  readonly activation: 'relu' | 'jumprelu' | 'top-k'
  /** Length N, for JumpReLU. */
  readonly threshold?: Float64Array
  /** For the k largest. */
  readonly k?: number
  /** Whether they are the largest of ‖f_i‖·z_i, as cfg.json may say, and not of z_i. */
  readonly rescaled: boolean
  /** Why its latents are not what these weights say; undefined where they are. */
  readonly refused?: string
}

/** What encoders call their weights, and how they stand. */
const WEIGHTS: readonly (readonly [string, Orientation])[] = [
  // SAELens and Gemma Scope: d_in × d_sae.
  ['W_enc', 'columns'],
  // sparsify, dictionary_learning and Llama Scope, as torch.nn.Linear keeps it: d_sae × d_in.
  ['encoder.weight', 'rows'],
]
const ENCODER_BIAS = ['b_enc', 'encoder.bias']
const DECODER_BIAS = ['b_dec', 'decoder.bias', 'bias']

type ReadMatrix = (tensor: Tensor, orientation: Orientation) => Promise<Float32Dictionary>

/**
 * The encoder that stands beside a decoder of N codewords of length d, by the names that training libraries use;
 * undefined where there is none. Throws InputError where its shapes do not fit the decoder's.
 */
export async function readEncoder(
  path: string,
  tensors: readonly Tensor[],
  decoder: Tensor,
  N: number,
  d: number,
  readMatrix: ReadMatrix,
): Promise<Encoder | undefined> {
  const named = siblings(tensors, decoder)
  const found = WEIGHTS.find(([name]) => named(name) !== undefined)
  if (found === undefined) return undefined
  const weights = named(found[0])!
  const config = encoderConfig(path)
  const expected = found[1] === 'rows' ? [N, d] : [d, N]
  if (weights.shape.length !== 2 || weights.shape.some((length, axis) => length !== expected[axis])) {
    throw misfit(path, weights, `${expected.join(' × ')}, as its decoder says`)
  }
  const vector = async (names: readonly string[], length: number): Promise<Float64Array | undefined> => {
    const tensor = names.map(named).find((one) => one !== undefined)
    return tensor && vectorOf(path, tensor, length)
  }
  const threshold = await vector(['threshold'], N)
  const k = threshold === undefined ? await keptOf(path, named('k'), config) : undefined
  const othersDo = !(named('decoder.bias') || (threshold !== undefined && found[0] === 'W_enc'))
  const refused = encoderRefusal(
    config,
    tensors.map(({ name }) => name),
  )
  return {
    weights: await readMatrix(weights, found[1]),
    bias: (await vector(ENCODER_BIAS, N)) ?? new Float64Array(N),
    decoderBias: (await vector(DECODER_BIAS, d)) ?? new Float64Array(d),
    activation: threshold !== undefined ? 'jumprelu' : k !== undefined ? 'top-k' : 'relu',
    ...(threshold && { threshold }),
    ...(k !== undefined && { k }),
    subtractsBias: config.apply_b_dec_to_input ?? othersDo,
    rescaled: config.rescale_acts_by_decoder_norm ?? false,
    ...(refused !== undefined && { refused }),
  }
}

/** The tensors that stand under the decoder's prefix, by what follows it. */
const siblings = (tensors: readonly Tensor[], decoder: Tensor) => {
  const prefix = prefixOf(decoder.name ?? '')
  return (name: string) => tensors.find((one) => one.name === prefix + name)
}

/** The name of the encoder's weights that stand beside a decoder; undefined where there are none. */
export const encoderName = (tensors: readonly Tensor[], decoder: Tensor): string | undefined => {
  const named = siblings(tensors, decoder)
  return WEIGHTS.map(([name]) => named(name)?.name).find((name) => name !== undefined)
}

/** A vector of this length, or a single number that stands for all of it. */
async function vectorOf(path: string, tensor: Tensor, length: number): Promise<Float64Array> {
  const count = elementsOf(tensor.shape)
  if (tensor.shape.length > 1 || (count !== length && tensor.shape.length !== 0)) {
    throw misfit(path, tensor, `length ${length}, as its decoder says`)
  }
  const vector = new Float64Array(count)
  let at = 0
  for await (const values of tensor.values()) {
    vector.set(values, at)
    at += values.length
  }
  const bad = vector.findIndex((value) => !Number.isFinite(value))
  if (bad >= 0)
    throw new InputError(`'${path}': entry ${bad} of ${shown(tensor.name)} is not a finite number`)
  return count === length ? vector : new Float64Array(length).fill(vector[0])
}

const misfit = (path: string, { name, shape }: Tensor, right: string): InputError =>
  new InputError(`${shown(name)} in '${path}' is of shape ${shapeText(shape)}, not ${right}`)

/** How many latents a top-k encoder keeps, as the file says or the configuration. */
async function keptOf(
  path: string,
  tensor: Tensor | undefined,
  config: EncoderConfig,
): Promise<number | undefined> {
  const k =
    tensor === undefined
      ? (config.k ?? config.activation_fn_kwargs?.k ?? undefined)
      : (await vectorOf(path, tensor, 1))[0]
  if (k === undefined || (Number.isInteger(k) && k >= 1)) return k
  throw new InputError(`the k of the encoder in '${path}' is ${k}, not an integer ≥ 1`)
}
