import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { readJson } from '../io/read-json.js'

const schema = z.object({
  k: z.number().min(1).nullish(),
  activation_fn_kwargs: z.object({ k: z.int().min(1).optional() }).nullish(),
  architecture: z.string().nullish(),
  apply_b_dec_to_input: z.boolean().nullish(),
  rescale_acts_by_decoder_norm: z.boolean().nullish(),
  normalize_activations: z.string().nullish(),
})

/** What cfg.json beside an autoencoder's file says of its encoder, as SAELens and sparsify write it. */
export type EncoderConfig = z.infer<typeof schema>

/** The configuration beside this file; empty where there is none. Throws InputError where it is malformed. */
export function encoderConfig(path: string): EncoderConfig {
  const beside = join(dirname(path), 'cfg.json')
  return existsSync(beside) ? readJson(beside, 'what is told of the autoencoder', schema) : {}
}

/** Architectures of one linear map and an activation on each of its outputs, or on the k largest. */
const ONE_LAYER = ['standard', 'jumprelu', 'topk', 'batchtopk']
/** What is done to codes that only stretches all of them alike. */
const STRETCHED = ['none', 'expected_average_only_in']

/** Why the encoder reads otherwise than by one linear map and an activation; undefined where it does not. */
export function encoderRefusal(
  { architecture, normalize_activations: normalised }: EncoderConfig,
  names: readonly (string | undefined)[],
): string | undefined {
  const gate = names.find((name = '') => /(^|\.)(b_gate|r_mag|gate_bias)$/.test(name))
  if (gate !== undefined) return `it is gated (it has ${gate})`
  if (architecture && !ONE_LAYER.includes(architecture)) return `its architecture is ${architecture}`
  if (normalised && !STRETCHED.includes(normalised)) return `it normalises codes by ${normalised}`
  return undefined
}
