import { z } from 'zod'
import { InputError } from '../../io/input-error.js'
import { isCoupled } from '../coupling.js'
import { checkModel, type DrawnFamily, type ModelDescription, PREPARATIONS } from './description.js'

/** A family that codewords are drawn from, as a file or a message has it. */
export const drawnFamilySchema = z.custom<DrawnFamily>(
  (text) => text === 'rademacher' || text === 'sphere' || isCoupled(text),
)

/** A model as a file has it. */
export const modelSchema = z
  .object({
    dictionary: z.union([
      drawnFamilySchema,
      z.object({
        file: z.string().min(1),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
        tensor: z.string(),
        orientation: z.enum(['rows', 'columns']),
      }),
    ]),
    prepare: z.enum(PREPARATIONS),
    noise: z.number(),
    amplitudes: z.string(),
    active: z.string(),
  })
  .superRefine((model, context) => {
    try {
      checkModel(model)
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      context.addIssue({ code: 'custom', message: error.message })
    }
  }) satisfies z.ZodType<ModelDescription>
