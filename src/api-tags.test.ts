import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const here = (path: string, from: URL | string = import.meta.url): URL => new URL(path, from)

/** What a module exports, each under its name there, with the module that declares it. */
function exportsOf(module: URL): { name: string; in: URL }[] {
  const text = readFileSync(module, 'utf8')
  const passed = [...text.matchAll(/^export (?:type )?\{([^}]*)\} from '([^']*)'/gm)].flatMap(
    ([, names, from]) =>
      names.split(',').flatMap((part) => {
        const name = part
          .trim()
          .replace(/^type /, '')
          .split(' as ')[0]
        return name ? [{ name, in: here(from.replace(/\.js$/, '.d.ts'), module) }] : []
      }),
  )
  const own = [...text.matchAll(/^export (?:declare )?(?:function|const|class|interface|type) (\w+)/gm)]
  return [...passed, ...own.map(([, name]) => ({ name, in: module }))]
}

/** The comment before a declaration, in the module that has it. */
function commentOf({ name, in: module }: { name: string; in: URL }): string {
  const text = readFileSync(module, 'utf8')
  const declared = new RegExp(
    `(/\\*\\*(?:(?!\\*/)[^])*\\*/)?\\s*export (?:declare )?(?:function|const|class|interface|type) ${name}\\b`,
  )
  const found = declared.exec(text)
  if (found) return found[1] ?? ''
  const elsewhere = exportsOf(module).find((one) => one.name === name && one.in !== module)
  return elsewhere ? commentOf(elsewhere) : ''
}

test.each(['index.d.ts', 'arbitraries/index.d.ts', 'vitest/index.d.ts', 'figures/index.d.ts'])(
  'every export of %s says since when it is there',
  (entry) => {
    const all = exportsOf(here(entry))
    expect(all.length).toBeGreaterThan(5)
    const untold = all.filter((one) => !/@since \d+\.\d+\.\d+/.test(commentOf(one)))
    expect(untold.map(({ name }) => name)).toEqual([])
  },
)
