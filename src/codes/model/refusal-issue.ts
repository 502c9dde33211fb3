import type { z } from 'zod'
import { InputError } from '../../io/input-error.js'

/** A refinement that has what a check refuses as an issue. */
export const refusedBy =
  <T>(check: (value: T) => unknown) =>
  (value: T, context: z.core.$RefinementCtx): void => {
    try {
      check(value)
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      context.addIssue({ code: 'custom', message: error.message })
    }
  }
