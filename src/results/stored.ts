import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileError } from '../io/file-error.js'
import { InputError } from '../io/input-error.js'
import type { Figure } from './figure.js'
import type { VerificationReport } from './report.js'

/** The verification stored in a folder. Throws InputError where there is none. */
export function storedVerification(folder: string): VerificationReport {
  const path = join(folder, 'verify.json')
  const verify = storedJson<VerificationReport>(path)
  if (!verify) throw new InputError(`there is no '${path}'; npm run verify makes it`)
  const lacking = (['claims', 'reference', 'gate', 'budget', 'environment'] as const).find(
    (part) => typeof verify[part] !== 'object',
  )
  if (lacking) throw new InputError(`'${path}' is no result of dpb verify: it lacks '${lacking}'`)
  return verify
}

/** The figures stored in a folder's figures/, in the order of the paper and then by name. */
export function storedFigures(folder: string): Figure[] {
  const figures = join(folder, 'figures')
  if (!existsSync(figures)) return []
  return readdirSync(figures)
    .filter((name) => /^figure-.*\.json$/.test(name))
    .sort()
    .map((name) => storedJson<Figure>(join(figures, name))!)
}

/** The JSON of a file; undefined where there is no such file. Throws InputError for a file that is not JSON. */
export function storedJson<T>(path: string): T | undefined {
  if (!existsSync(path)) return undefined
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new InputError(`cannot read '${path}': ${fileError(error)}`)
  }
}
