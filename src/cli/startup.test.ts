import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { loadedFiles } from '../testing/loaded-files.js'

const { dependencies } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'))

/** What matches right after this folder, of the paths that have it. */
const under = (folder: string, pattern: RegExp, files: readonly string[]) =>
  [...new Set(files.flatMap((file) => file.split(folder)[1]?.match(pattern)?.[0] ?? []))].sort()

const none = { packages: ['commander'], commands: [], claims: [] }

test.each([
  [['--help'], none],
  [['--version'], none],
  [['plam'], none],
  [['help'], none],
  [
    ['plan', '-N', '2^20', '-k', '28'],
    { packages: ['commander', 'picocolors'], commands: ['plan'], claims: [] },
  ],
  [
    ['verify', '--claims', 'chernoff'],
    {
      packages: ['commander', 'fast-check', 'picocolors', 'piscina'],
      commands: ['verify'],
      claims: ['chernoff'],
    },
  ],
])('dpb %s loads what it needs, and no more', (args, expected) => {
  const files = loadedFiles(...args)
  const claims = under('dist/properties/', /^.+(?=\.js$)/, files)
  expect({
    packages: under('node_modules/', /^(@[^/]+\/)?[^/]+/, files).filter((name) => name in dependencies),
    commands: under('dist/src/cli/commands/', /^.+(?=\.js$)/, files),
    claims: claims.filter((name) => !['ledger', 'run-ledger', 'worker'].includes(name)),
  }).toEqual(expected)
})
