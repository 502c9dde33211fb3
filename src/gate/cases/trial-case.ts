import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { fileError } from '../../io/file-error.js'
import { InputError } from '../../io/input-error.js'
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
  /** What the decoder did instead of answering. */
  readonly fault?: string | undefined
}

const index = z.int().min(0)
const schema = z.strictObject({
  case: z.literal('dims-per-bit'),
  version: z.literal(1),
  decoder: z.string(),
  N: z.int().min(1),
  k: index,
  d: z.int().min(1),
  seed: z.string(),
  trial: index,
  subset: z.array(index),
  answer: z.array(index).optional(),
  fault: z.string().optional(),
})

/** Where the cases of a baseline are: a folder beside it. */
export const casesFolder = (baselineFile: string): string => `${baselineFile.replace(/\.json$/, '')}.cases`

/** Write a case into the folder, which is made if need be; returns its path, which depends on the trial alone. */
export function saveCase(folder: string, one: TrialCase): string {
  mkdirSync(folder, { recursive: true })
  const { N, k, d, trial } = one
  const path = join(folder, `N${N}-k${k}-d${d}-trial${trial}.json`)
  writeWhole(path, `${JSON.stringify({ case: 'dims-per-bit', version: 1, ...one })}\n`)
  return path
}

/** The case in a file. Throws InputError, one line, where there is none. */
export function readCase(path: string): TrialCase {
  let json: unknown
  try {
    json = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new InputError(`cannot read the case '${path}': ${fileError(error)}`)
  }
  const parsed = schema.safeParse(json)
  if (!parsed.success) {
    const [{ path: where, message }] = parsed.error.issues
    throw new InputError(`'${path}' is no case: ${where.join('.')}: ${message}`)
  }
  const { case: _, version: __, ...one } = parsed.data
  return one
}

/** The cases in a folder by their paths, and a line about each file there that is none; nothing where there is no folder. */
export function savedCases(folder: string): { cases: Map<string, TrialCase>; warnings: string[] } {
  const cases = new Map<string, TrialCase>()
  const warnings: string[] = []
  let names: string[]
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.json'))
  } catch {
    return { cases, warnings }
  }
  for (const name of names.sort()) {
    const path = join(folder, name)
    try {
      cases.set(path, readCase(path))
    } catch (error) {
      warnings.push((error as Error).message)
    }
  }
  return { cases, warnings }
}

/** Remove a case that is one no more. */
export const dropCase = (path: string): void => rmSync(path, { force: true })
