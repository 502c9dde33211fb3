import { constants, statSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { builtInDecoder, hasBar, likelyDecoders } from '../../decoders/built-in.js'
import { accessible } from '../../io/accessible.js'
import { InputError } from '../../io/input-error.js'
import { visible } from '../../io/text/visible.js'
import { commandWords } from './command-words.js'

/** Where a decoder in JavaScript comes from: this package's table, or a user's file. */
export type ScriptSource =
  | { readonly kind: 'built-in'; readonly name: string }
  | { readonly kind: 'file'; readonly path: string }

/** A program that answers on its standard output. */
export interface CommandSource {
  readonly kind: 'command'
  readonly argv: readonly string[]
  /** The files that words of it name, as absolute paths. */
  readonly files: readonly string[]
  /** Where it is started; the working directory unless given. */
  readonly folder?: string
}

export type DecoderSource = ScriptSource | CommandSource

const COMMAND = 'exec:'
/** What runs a file with this extension. */
const interpreters: Readonly<Record<string, string>> = { '.py': 'python3', '.jl': 'julia' }
const KNOWN = 'it must end in .js, .mjs, .ts, .py or .jl, or be executable'

/**
 * What a name, path or command on the command line stands for. `exec:` and a command is that command; anything else
 * with a slash or a file's extension is a path, taken from the working directory. Throws InputError for an unknown
 * name or a file that cannot be one; loads nothing.
 */
export function decoderSource(given: string): DecoderSource {
  if (given.startsWith(COMMAND)) return command(commandWords(given.slice(COMMAND.length)))
  if (!isPath(given)) {
    const decoder = builtInDecoder(given)
    if (decoder) return { kind: 'built-in', name: decoder.name }
    throw new InputError(
      `there is no decoder '${given}'; ${likelyDecoders(given, '; a path needs its extension')}`,
    )
  }
  const path = resolve(given)
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) throw new InputError(`there is no file '${given}'`)
  const [extension = ''] = /\.\w+$/.exec(path) ?? []
  if (found.isFile()) {
    if (/^\.[cm]?[jt]s$/.test(extension)) return { kind: 'file', path }
    const interpreter = interpreters[extension]
    if (interpreter !== undefined) return command([interpreter, given])
    if (accessible(path, constants.X_OK)) return command([/[\\/]/.test(given) ? given : `./${given}`])
  }
  throw new InputError(`'${given}' is not a decoder's file: ${KNOWN}`)
}

/** What a decoder is called where its own name is not known yet: its name, or the name of its file. */
export function sourceLabel(source: DecoderSource): string {
  if (source.kind === 'built-in') return source.name
  const [file] = source.kind === 'file' ? [source.path] : [...source.files, source.argv[0]]
  return visible(basename(file))
}

/**
 * The file that stands for a decoder, as a path: of a command the first word after the program that names a file, or
 * the program. Undefined for a built-in.
 */
export function decoderFile(given: string): string | undefined {
  if (!given.startsWith(COMMAND)) return isPath(given) ? given : undefined
  const [program, ...words] = commandWords(given.slice(COMMAND.length))
  return words.find(isFile) ?? program
}

/** As an error or a help says it: `python3 mine.py`. */
export const commandText = ({ argv }: CommandSource): string => `\`${argv.join(' ')}\``

function command(argv: readonly string[]): CommandSource {
  // --weights=w.npz names a file too.
  const named = argv.flatMap((word) => [word, ...(word.match(/(?<==).+/) ?? [])])
  const files = named.map((word) => resolve(word)).filter(isFile)
  return { kind: 'command', argv, files: [...new Set(files)] }
}

// Of a name with a bar, threshold:0.9, the digits are no extension.
const isPath = (given: string): boolean => /[\\/]|\.\w+$/.test(given) && !hasBar(given)
const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true
