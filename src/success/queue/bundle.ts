import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { z } from 'zod'
import { InputError } from '../../io/input-error.js'
import { packageDependencies } from '../../io/package-version.js'
import { checked, parseJson } from '../../io/read-json.js'
import { visible } from '../../io/text/visible.js'
import type { CommandSource, DecoderSource } from '../processes/decoder-source.js'

/** Bytes of all files of a decoder, and their number. */
const MOST_BYTES = 2 ** 25
const MOST_FILES = 1000
/** Characters of a bundle. */
export const LARGEST_BUNDLE = 2 ** 26

/** A path below a folder that leads out of it on no system. */
const path = z
  .string()
  .max(1000)
  .refine(
    (text) =>
      visible(text) === text &&
      !/[\\:]/.test(text) &&
      text.split('/').every((part) => part !== '' && part !== '.' && part !== '..'),
    'expected a path below the folder',
  )

const bundleSchema = z
  .strictObject({
    source: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('file'), path }),
      z.strictObject({
        kind: z.literal('command'),
        argv: z.array(z.string().max(10_000)).min(1).max(1000),
        files: z.array(path).max(MOST_FILES),
      }),
    ]),
    files: z
      .array(z.strictObject({ path, executable: z.boolean(), content: z.base64() }))
      .min(1)
      .max(MOST_FILES),
  })
  .refine(({ files }) => new Set(files.map((file) => file.path)).size === files.length, {
    path: ['files'],
    message: 'expected every path once',
  })

type Bundle = z.infer<typeof bundleSchema>

/** A decoder of the user's as it travels: text, and the text's SHA-256, which names it. */
export interface Packed {
  readonly text: string
  readonly sha256: string
  readonly kind: 'file' | 'command'
}

export const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex')

/**
 * A decoder's files in one text: of a script those that it has loaded, of a command those that its words name and
 * that it says it has loaded, and in either case `files`. All must lie below the working directory, or the folder of
 * a script that does not; modules of a program's own language stay where they are. Throws InputError for files that
 * cannot travel.
 */
export function packDecoder(
  source: Exclude<DecoderSource, { kind: 'built-in' }>,
  modules: readonly string[],
  files: readonly string[],
): Packed {
  const here = process.cwd()
  const root = source.kind === 'file' && !isBelow(here, source.path) ? dirname(source.path) : here
  const named = source.kind === 'file' ? [source.path] : source.files.filter((file) => isBelow(here, file))
  const own = ownDependencies()
  const loaded = modules.filter((module) => isBelow(root, module) || (source.kind === 'file' && !own(module)))
  const all = [...new Set([...named, ...loaded, ...files].map((file) => resolve(file)))]
  const outside = all.find((file) => !isBelow(root, file))
  if (outside !== undefined) {
    throw new InputError(`'${outside}' cannot travel to workers: it does not lie below '${root}'`)
  }
  if (all.length === 0) throw new InputError('no word of the command names a file below this folder')
  const withSettings = [...new Set([...all, ...all.flatMap((file) => settingsOf(file, root))])].sort()
  const bundle: Bundle = {
    source:
      source.kind === 'file'
        ? { kind: 'file', path: below(root, source.path) }
        : { kind: 'command', argv: movable(source, root), files: named.map((file) => below(root, file)) },
    files: withSettings.map((file) => ({
      path: below(root, file),
      executable: (statSync(file).mode & 0o100) !== 0,
      content: readFileSync(file).toString('base64'),
    })),
  }
  const bytes = bundle.files.reduce((sum, { content }) => sum + 0.75 * content.length, 0)
  if (bytes > MOST_BYTES || withSettings.length > MOST_FILES) {
    const most = `${MOST_FILES} files of ${MOST_BYTES / 2 ** 20} MiB`
    throw new InputError(`the decoder's files cannot travel to workers: they are more than ${most} in all`)
  }
  const text = JSON.stringify(bundle)
  return { text, sha256: sha256Of(text), kind: source.kind }
}

/** Whether a file is of a package that this one depends on: those are on every worker. */
function ownDependencies(): (file: string) => boolean {
  const { resolve } = createRequire(import.meta.url)
  const folder = dirname(dirname(resolve('seedrandom/package.json')))
  const names = Object.keys(packageDependencies())
  return (file) => names.some((name) => isBelow(join(folder, name), file))
}

const isBelow = (folder: string, file: string): boolean => file.startsWith(folder + sep)
const below = (folder: string, file: string): string => relative(folder, file).split(sep).join('/')

/** The package.json of each folder on the way from the root to a script: they say what kind of module it is. */
function settingsOf(file: string, root: string): string[] {
  const found: string[] = []
  for (let folder = dirname(file); folder === root || isBelow(root, folder); folder = dirname(folder)) {
    const settings = join(folder, 'package.json')
    if (/\.[cm]?[jt]s$/.test(file) && existsSync(settings)) found.push(settings)
    if (folder === root) break
  }
  return found
}

/** A command's words, those that name files below the root relative to it. */
function movable({ argv, files }: CommandSource, root: string): string[] {
  return argv.map((word, i) => {
    const file = resolve(word)
    if (!files.includes(file) || !isBelow(root, file)) return word
    return i === 0 ? `./${below(root, file)}` : below(root, file)
  })
}

/** Write a bundle's files into a new folder. @returns the decoder there. Throws InputError for what is no bundle. */
export function unpackDecoder(text: string, folder: string): Exclude<DecoderSource, { kind: 'built-in' }> {
  const { source, files } = checked(
    bundleSchema,
    parseJson(text, "the decoder's files"),
    "the decoder's files",
  )
  const place = (name: string) => join(folder, ...name.split('/'))
  const here = new Set(files.map((file) => file.path))
  const lacking = (source.kind === 'file' ? [source.path] : source.files).find((name) => !here.has(name))
  if (lacking !== undefined)
    throw new InputError(`the decoder's files are malformed: there is no '${lacking}'`)
  mkdirSync(folder, { mode: 0o700 })
  for (const { path: name, executable, content } of files) {
    mkdirSync(dirname(place(name)), { recursive: true })
    // A file is never written through another's name, nor over it.
    writeFileSync(place(name), Buffer.from(content, 'base64'), {
      flag: 'wx',
      mode: executable ? 0o700 : 0o600,
    })
  }
  if (source.kind === 'file') return { kind: 'file', path: place(source.path) }
  return { kind: 'command', argv: source.argv, files: source.files.map(place), folder }
}
