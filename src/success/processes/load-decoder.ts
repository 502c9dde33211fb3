import { execFileSync } from 'node:child_process'
import { basename } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Declared } from '../../decoders/decoder.js'
import { firstLine } from '../../io/first-line.js'
import { InputError } from '../../io/input-error.js'
import { placeOf } from '../trials/thrown-at.js'
import type { ScriptSource } from './decoder-source.js'

/**
 * The built-in decoder of this name, or the default export of this .js, .mjs, .cjs or .ts file. Throws InputError, in
 * one line, for a file that throws as it loads, or one whose default export is no decoder. Runs the file's top level
 * in this thread: what that does (a loop, an exit) happens here.
 */
export async function loadFrom(source: ScriptSource): Promise<Declared> {
  if (source.kind === 'built-in') {
    // A decoder in a file starts in half the time without them.
    const { builtInDecoder } = await import('../../decoders/built-in.js')
    return builtInDecoder(source.name)!
  }
  const file = basename(source.path)
  const module = await importFile(source.path).catch((error: unknown) => {
    throw new InputError(
      `${file} throws as it loads: ${firstLine(error)}${placeOf(error) || syntaxPlace(source.path)}`,
    )
  })
  const exported = defaultOf(module)
  if (exported === undefined) throw new InputError(`${file} has no default export; it must be a decoder`)
  try {
    return declaredBy(exported, file)
  } catch (error) {
    if (error instanceof InputError) throw error
    throw new InputError(
      `the default export of ${file} is no decoder: reading it throws: ${firstLine(error)}`,
    )
  }
}

/** The default export; of a CommonJS module that a compiler made of an ES module, the one that it stands for. */
function defaultOf(module: { default?: unknown }): unknown {
  const { default: exported } = module
  const compiled = Object(exported)
  return compiled.__esModule && 'default' in compiled ? compiled.default : exported
}

/** What the contract knows of an export, read once: nothing else that it holds is ours to believe. */
function declaredBy(exported: unknown, file: string): Declared {
  const decoder = Object(exported) as Declared
  const { name, decode, sizeVaries, coherenceGuarantee, refuses } = decoder
  if (typeof name !== 'string' || name === '' || typeof decode !== 'function') {
    const lacks = typeof decode === 'function' ? 'a name' : 'a decode method'
    throw new InputError(`the default export of ${file} is no decoder: it lacks ${lacks}`)
  }
  requireName(name, `the default export of ${file} is no decoder`)
  const optional = (what: string, value: unknown) => {
    if (value === undefined || typeof value === 'function') return
    throw new InputError(`the default export of ${file} is no decoder: ${what} is no function`)
  }
  optional('coherenceGuarantee', coherenceGuarantee)
  optional('refuses', refuses)
  return {
    name,
    decode: (problem) => decoder.decode(problem),
    ...(sizeVaries === true && { sizeVaries }),
    ...(coherenceGuarantee && { coherenceGuarantee: (k) => decoder.coherenceGuarantee!(k) }),
    ...(refuses && { refuses: (shape) => decoder.refuses!(shape) }),
  }
}

async function importFile(path: string): Promise<{ default?: unknown }> {
  if (!/\.[cm]?ts$/.test(path)) return import(pathToFileURL(path).href)
  const { createJiti } = await import('jiti')
  return createJiti(import.meta.url, { interopDefault: false, fsCache: false }).import(path)
}

/** ` (mine.mjs:3)` where the file does not parse: the engine tells no program, only a reader, where that is. */
function syntaxPlace(path: string): string {
  if (!/\.[cm]?js$/.test(path)) return ''
  try {
    execFileSync(process.execPath, ['--check', path], {
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: 10_000,
    })
    return ''
  } catch (error) {
    const [, line] = /^[^\n]*:(\d+)\r?\n/.exec(String((error as { stderr?: unknown }).stderr)) ?? []
    return line ? ` (${basename(path)}:${line})` : ''
  }
}

/** Most characters of a decoder's name. */
const LONGEST_NAME = 500

/** Throws InputError for a name that is too long to be one. */
export function requireName(name: string, what: string): void {
  if (name.length > LONGEST_NAME) {
    throw new InputError(`${what}: its name has ${name.length} characters, more than ${LONGEST_NAME}`)
  }
}
