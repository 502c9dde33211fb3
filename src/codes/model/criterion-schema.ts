import { z } from 'zod'
import { InputError } from '../../io/input-error.js'
import { parseCriterion } from './criterion.js'

/** A criterion as a file has it. */
export const criterionSchema = z.string().superRefine((text, context) => {
  try {
    parseCriterion(text)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    context.addIssue({ code: 'custom', message: error.message })
  }
})
