import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { builtInDecoder, builtInDecoders } from '../../decoders/built-in.js'
import { InputError } from '../../io/input-error.js'
import { didYouMean } from '../../io/suggestion.js'

/** Where a decoder comes from: this package's table, or a user's file. */
export type DecoderSource =
  | { readonly kind: 'built-in'; readonly name: string }
  | { readonly kind: 'file'; readonly path: string }

/**
 * What a name or path on the command line stands for. Anything with a slash or a file's extension is a path, taken from the
 * working directory. Throws InputError for an unknown name or a file that cannot be one; loads nothing.
 */
export function decoderSource(nameOrPath: string): DecoderSource {
  if (!/[\\/]|\.\w+$/.test(nameOrPath)) {
    if (builtInDecoder(nameOrPath)) return { kind: 'built-in', name: nameOrPath }
    throw new InputError(`there is no decoder '${nameOrPath}'; ${suggestion(nameOrPath)}`)
  }
  const path = resolve(nameOrPath)
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) throw new InputError(`there is no file '${nameOrPath}'`)
  if (!found.isFile() || !/\.[cm]?[jt]s$/.test(path)) {
    throw new InputError(`'${nameOrPath}' is not a decoder's file: it must end in .js, .mjs or .ts`)
  }
  return { kind: 'file', path }
}

function suggestion(name: string): string {
  const names = builtInDecoders.map((decoder) => decoder.name)
  return didYouMean(name, names) ?? `built in are ${names.join(', ')}; a path needs its extension`
}
