import { basename } from 'node:path'
import { pathToFileURL } from 'node:url'
import { builtInDecoder } from '../../decoders/built-in.js'
import type { Declared } from '../../decoders/decoder.js'
import { InputError } from '../../io/input-error.js'
import { type DecoderSource, decoderSource } from './decoder-source.js'

/**
 * The decoder of this name, or the default export of this .js, .mjs or .ts file. Throws InputError, in one line, for an unknown
 * name, a missing file, a file that throws as it loads, or one whose default export is no decoder. Runs the file's
 * top level in this thread: what that does (a loop, an exit) happens here.
 */
export const loadDecoder = async (nameOrPath: string): Promise<Declared> =>
  loadFrom(decoderSource(nameOrPath))

/** As `loadDecoder`, for a source already resolved. */
export async function loadFrom(source: DecoderSource): Promise<Declared> {
  if (source.kind === 'built-in') return builtInDecoder(source.name)!
  const file = basename(source.path)
  const module = await importFile(source.path).catch((error: unknown) => {
    throw new InputError(`${file} throws as it loads: ${firstLine(error)}`)
  })
  if (module.default === undefined)
    throw new InputError(`${file} has no default export; it must be a decoder`)
  const { name, decode } = Object(module.default)
  if (typeof name !== 'string' || name === '' || typeof decode !== 'function') {
    const lacks = typeof decode === 'function' ? 'a name' : 'a decode method'
    throw new InputError(`the default export of ${file} is no decoder: it lacks ${lacks}`)
  }
  return module.default as Declared
}

async function importFile(path: string): Promise<{ default?: unknown }> {
  if (!/\.[cm]?ts$/.test(path)) return import(pathToFileURL(path).href)
  const { createJiti } = await import('jiti')
  return createJiti(import.meta.url, { interopDefault: false, fsCache: false }).import(path)
}

/** The first line of an error's message, or of whatever else was thrown. */
export const firstLine = (error: unknown): string =>
  String(error instanceof Error ? error.message : error).split(/[\r\n]/, 1)[0]
