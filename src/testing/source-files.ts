import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** The text of a file of the repository. */
export const sourceText = (path: string): string => readFileSync(join(root, path), 'utf8')

/** The paths of all TypeScript files of some folders of the repository. */
export const allSourceFiles = (...folders: string[]): string[] =>
  folders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(
        (name) => `${folder}/${name.replaceAll('\\', '/')}`,
      ),
    )
    .filter((path) => path.endsWith('.ts'))

/** The same, tests and what is AssemblyScript left out. */
export const sourceFiles = (...folders: string[]): string[] =>
  allSourceFiles(...folders).filter((path) => !/\.test\.ts$|\/assembly\//.test(path))
