import { z } from 'zod'
import { parseCriterion } from './criterion.js'
import { refusedBy } from './refusal-issue.js'

/** A criterion as a file has it. */
export const criterionSchema = z.string().superRefine(refusedBy(parseCriterion))
