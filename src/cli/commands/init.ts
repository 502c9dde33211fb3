import { constants, copyFileSync, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Argument, type Command } from 'commander'
import { clientPath } from '../../io/client-path.js'
import { fileError } from '../../io/file-error.js'
import { makeFolder } from '../../io/folder.js'
import { InputError } from '../../io/input-error.js'
import { quoted } from '../../io/text/shell.js'
import { type OutputOptions, print } from '../output.js'

/** What tries the decoder of each language once it is there. */
const next: Readonly<Record<string, (folder: string) => string>> = {
  python: (folder) => `npx dpb check ${folder}/decoder.py`,
  js: (folder) => `npx dpb check ${folder}/decoder.mjs`,
  ts: (folder) => `npx dpb check ${folder}/decoder.ts`,
  julia: (folder) => `npx dpb check ${folder}/decoder.jl`,
  cpp: (folder) =>
    `c++ -O3 -march=native -std=c++17 ${folder}/decoder.cpp -o ${folder}/decoder && npx dpb check ${folder}/decoder`,
}

/** dpb init: a decoder to start from, and what it needs beside it. */
export const initCommand = (command: Command) =>
  command
    .addArgument(new Argument('<language>', 'what the decoder is written in').choices(Object.keys(next)))
    .argument('[dir]', 'folder to write into, which is made if need be', '.')
    .option('--json', 'one JSON document on standard output')
    .addHelpText('after', '\nExamples:\n  dpb init python\n  dpb init cpp decoders/fast')
    .action((language: string, folder: string, options: OutputOptions) => {
      const files = init(language, folder)
      const path = /^[./]/.test(folder) ? folder : `./${folder}`
      print(
        { files },
        () => [...files.map((file) => `wrote ${file}`), `try it: ${next[language](quoted(path))}`],
        options,
      )
    })

/** Write the files of a language into a folder: all, or none where one is there already. */
function init(language: string, folder: string): string[] {
  const source = clientPath(language)
  const names = readdirSync(source).filter((name) => !/^test_|^__/.test(name))
  const there = names.find((name) => existsSync(join(folder, name)))
  if (there !== undefined) {
    throw new InputError(
      `'${join(folder, there)}' is there already, and is not overwritten; name another folder`,
    )
  }
  makeFolder(folder)
  try {
    return names.map((name) => {
      const path = join(folder, name)
      copyFileSync(join(source, name), path, constants.COPYFILE_EXCL)
      return path
    })
  } catch (error) {
    throw new InputError(`cannot write into '${folder}': ${fileError(error)}`)
  }
}
