import { z } from 'zod'
import { isCoupled } from '../coupling.js'
import { checkModel, type DrawnFamily, IDEAL, type ModelDescription, PREPARATIONS } from './description.js'
import { refusedBy } from './refusal-issue.js'

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
    criterion: z.string().optional(),
  })
  .superRefine(refusedBy(checkModel)) satisfies z.ZodType<ModelDescription>

/** The model of a file. In older ones the criterion stands beside it. */
export const modelWith = ({
  model,
  criterion,
}: {
  readonly model?: ModelDescription | undefined
  readonly criterion?: string | undefined
}): ModelDescription | undefined => (criterion === undefined ? model : { ...(model ?? IDEAL), criterion })
