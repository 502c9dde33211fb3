import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { criterionSchema } from '../../codes/model/criterion-schema.js'
import { modelSchema, modelWith } from '../../codes/model/model-schema.js'
import { count, fits, mustFit, positiveCount } from '../../io/fields.js'
import { fileError } from '../../io/file-error.js'
import { makeFolder, namesIn } from '../../io/folder.js'
import { InputError } from '../../io/input-error.js'
import { readJson } from '../../io/read-json.js'
import { writeWhole } from '../../io/write-atomic.js'
import type { TrialName } from './replay.js'

/** A trial on which a decoder failed and its recorded version did not. */
export interface TrialCase extends TrialName {
  /** A built-in name or a path, as it was given. */
  readonly decoder: string
  /** What the decoder should have found, and its recorded version did. */
  readonly subset: readonly number[]
  /** What it found instead. */
  readonly answer?: readonly number[] | undefined
  /** What the decoder did instead of answering, in one line, and the whole of what it said where that is more. */
  readonly fault?: string | undefined
  readonly detail?: string | undefined
}

const subset = (field: z.ZodArray<typeof count>) =>
  field.refine((list) => new Set(list).size === list.length, 'expected indices that differ')

const schema = z
  .strictObject({
    case: z.literal('dims-per-bit'),
    version: z.literal(1),
    decoder: z.string().min(1),
    N: positiveCount,
    k: count,
    d: positiveCount,
    seed: z.string(),
    trial: count,
    model: modelSchema.optional(),
    criterion: criterionSchema.optional(),
    subset: subset(z.array(count)),
    answer: subset(z.array(count)).optional(),
    fault: z.string().optional(),
    detail: z.string().optional(),
  })
  .refine(fits, mustFit)
  .refine(({ k, model, subset }) => subset.length === k || (model && model.active !== 'subset'), {
    path: ['subset'],
    message: 'expected k indices',
  })
  .refine(({ N, subset, answer = [] }) => [...subset, ...answer].every((i) => i < N), {
    path: ['subset'],
    message: 'expected indices below N, here and in the answer',
  })

/** Where the cases of a baseline are: a folder beside it. */
export const casesFolder = (baselineFile: string): string => `${baselineFile.replace(/\.json$/, '')}.cases`

/** Write a case into the folder, which is made if need be; returns its path, which depends on the trial alone. */
export function saveCase(folder: string, one: TrialCase): string {
  const { N, k, d, trial } = one
  const path = join(folder, `N${N}-k${k}-d${d}-trial${trial}.json`)
  makeFolder(folder)
  writeWhole(path, `${JSON.stringify({ case: 'dims-per-bit', version: 1, ...one })}\n`)
  return path
}

/** The case in a file. Throws InputError, one line, where there is none. */
export function readCase(path: string): TrialCase {
  const { case: _, version: __, model, criterion, ...one } = readJson(path, 'the case', schema)
  return { ...one, model: modelWith({ model, criterion }) }
}

/**
 * The cases in a folder by their paths, and a line about each file there that is none; nothing where there is no
 * folder.
 */
export function savedCases(folder: string): { cases: Map<string, TrialCase>; warnings: string[] } {
  const cases = new Map<string, TrialCase>()
  const warnings: string[] = []
  const attempt = <T>(act: () => T): T | undefined => {
    try {
      return act()
    } catch (error) {
      warnings.push((error as Error).message)
      return undefined
    }
  }
  const names = attempt(() => namesIn(folder)) ?? []
  for (const name of names.filter((name) => name.endsWith('.json'))) {
    const path = join(folder, name)
    const one = attempt(() => readCase(path))
    if (one) cases.set(path, one)
  }
  return { cases, warnings }
}

/** Where `dpb replay` leaves the arrays of a case: beside it. */
export const arraysPath = (path: string): string => `${path.replace(/\.json$/, '')}.npz`

/** Remove a case that is one no more, and its arrays. Throws InputError where it cannot be. */
export function dropCase(path: string): void {
  try {
    rmSync(path, { force: true })
    rmSync(arraysPath(path), { force: true })
  } catch (error) {
    throw new InputError(`cannot remove the case '${path}': ${fileError(error)}`)
  }
}
