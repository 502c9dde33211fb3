import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { shown } from '../io/arguments.js'
import { InputError } from '../io/input-error.js'
import { readJson } from '../io/read-json.js'
import { type Orientation, prefixOf } from '../tensors/known-names.js'
import { elementsOf, shapeText, type Tensor } from '../tensors/tensor.js'
import type { Float32Dictionary } from './float32-dictionary.js'

/**
 * The encoder of an autoencoder: latents are activation(⟨w_i, x − b_dec⟩ + b_enc[i]). It is the decoder's transpose
 * only where they are tied.
 */
export interface Encoder {
  /** w_i, N rows of length d. */
  readonly weights: Float32Dictionary
  /** Length N, zeros where the file has none. */
  readonly bias: Float64Array
  /** Subtracted from the code first; length d, zeros where the file has none. */
  readonly decoderBias: Float64Array
  /** ReLU; JumpReLU, zero up to a threshold; or the k largest. */
  readonly activation: 'relu' | 'jumprelu' | 'top-k'
  /** Length N, for JumpReLU. */
  readonly threshold?: Float64Array
  /** For the k largest. */
  readonly k?: number
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
  const prefix = prefixOf(decoder.name ?? '')
  const named = (name: string) => tensors.find((one) => one.name === prefix + name)
  const found = WEIGHTS.find(([name]) => named(name) !== undefined)
  if (found === undefined) return undefined
  const weights = named(found[0])!
  const expected = found[1] === 'rows' ? [N, d] : [d, N]
  if (weights.shape.length !== 2 || weights.shape.some((length, axis) => length !== expected[axis])) {
    throw misfit(path, weights, `${expected.join(' × ')}, as its decoder says`)
  }
  const vector = async (names: readonly string[], length: number): Promise<Float64Array | undefined> => {
    const tensor = names.map(named).find((one) => one !== undefined)
    return tensor && vectorOf(path, tensor, length)
  }
  const threshold = await vector(['threshold'], N)
  const k = threshold === undefined ? await keptOf(path, named('k')) : undefined
  return {
    weights: await readMatrix(weights, found[1]),
    bias: (await vector(ENCODER_BIAS, N)) ?? new Float64Array(N),
    decoderBias: (await vector(DECODER_BIAS, d)) ?? new Float64Array(d),
    activation: threshold !== undefined ? 'jumprelu' : k !== undefined ? 'top-k' : 'relu',
    ...(threshold && { threshold }),
    ...(k !== undefined && { k }),
  }
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

const config = z.object({
  k: z.int().min(1).nullish(),
  activation_fn_kwargs: z.object({ k: z.int().min(1).optional() }).nullish(),
})

/** How many latents a top-k encoder keeps: in the file, or in cfg.json beside it, as SAELens and sparsify write it. */
async function keptOf(path: string, tensor: Tensor | undefined): Promise<number | undefined> {
  if (tensor !== undefined) {
    const [k] = await vectorOf(path, tensor, 1)
    if (!(Number.isInteger(k) && k >= 1))
      throw new InputError(`the k in '${path}' is ${k}, not an integer ≥ 1`)
    return k
  }
  const beside = join(dirname(path), 'cfg.json')
  if (!existsSync(beside)) return undefined
  const { k, activation_fn_kwargs } = readJson(beside, 'what is told of the autoencoder', config)
  return k ?? activation_fn_kwargs?.k ?? undefined
}
