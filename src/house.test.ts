import { readdirSync } from 'node:fs'
import { posix } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { allSourceFiles, sourceFiles, sourceText } from './testing/source-files.js'

const files = sourceFiles('src', 'properties', 'bench')

/** The map in CONTRIBUTING.md: folders and files, from the ground up. */
const floors = [
  ...sourceText('CONTRIBUTING.md').matchAll(/^\| (`(?:src|properties|bench)\b[^|]*) \|/gm),
].flatMap(([, cell]) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name))
const floorOf = (path: string): number => floors.findIndex((floor) => path.startsWith(floor))

const importsOf = (path: string): string[] =>
  ts
    .preProcessFile(sourceText(path))
    .importedFiles.map(({ fileName }) => fileName)
    .filter((name) => name.startsWith('.'))
    .map((name) => posix.join(posix.dirname(path), name).replace(/\.js$/, '.ts'))

test('every source file has its place in the map of CONTRIBUTING.md, and every place has files', () => {
  expect(files.length).toBeGreaterThan(300)
  expect(files.filter((path) => floorOf(path) < 0)).toEqual([])
  expect(floors.filter((_, floor) => !files.some((path) => floorOf(path) === floor))).toEqual([])
})

test('a file imports only its own folder and those before it in the map', () => {
  const arrows = files.flatMap((path) => importsOf(path).map((imported) => [path, imported]))
  expect(arrows.length).toBeGreaterThan(1000)
  const wrong = arrows.filter(
    ([path, imported]) => !(floorOf(imported) >= 0 && floorOf(imported) <= floorOf(path)),
  )
  expect(wrong.map((arrow) => arrow.join(' imports '))).toEqual([])
})

/** Names that several of the files export, each with the files. */
function sharedNames(paths: readonly string[], exported: RegExp) {
  const places = new Map<string, string[]>()
  for (const path of paths)
    for (const [, name] of sourceText(path).matchAll(exported))
      places.set(name, [...(places.get(name) ?? []), path])
  expect(places.size).toBeGreaterThan(300)
  return [...places].filter(([, where]) => where.length > 1)
}

test('no two files export a type of the same name', () => {
  expect(sharedNames(files, /^export (?:abstract )?(?:interface|type|class) (\w+)/gm)).toEqual([])
})

/** A claim is called as the bound that it checks; the kernels are of another language, the page of a bundle. */
const own = ['properties/', 'bench/', 'src/testing/', 'src/kernels/assembly/', 'src/report/page/']

test('no two files export a value of the same name', () => {
  const paths = files.filter((path) => !own.some((folder) => path.startsWith(folder)))
  expect(sharedNames(paths, /^export (?:async )?(?:const|function\*?) (\w+)/gm)).toEqual([])
})

const LINES = 60
/** Lines in a row, as many as are within a function that is too long: indented, or between parameters and body. */
const INDENTED = new RegExp(`^(?:(?: .*|[)\\]}].*[{(>]|)\n){${LINES - 1}}`, 'm')
/** A line that begins or ends a text, whose lines are indented as they are. */
const TEMPLATE = /^[^`\n]*`(?:[^`\n]*`[^`\n]*`)*[^`\n]*$/m

/** The functions of a file that are too long: where, and how long. */
function longFunctions(path: string): string[] {
  const text = sourceText(path)
  if (!INDENTED.test(text) && !TEMPLATE.test(text)) return []
  const source = ts.createSourceFile(path, text, {
    languageVersion: ts.ScriptTarget.Latest,
    jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
  })
  const line = (at: number) => source.getLineAndCharacterOfPosition(at).line
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body) {
      const first = line(node.getStart(source))
      const lines = line(node.end) - first + 1
      if (lines > LINES) found.push(`${path}:${first + 1} has ${lines} lines`)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

test('no function is longer than 60 lines', () => {
  expect(files.flatMap(longFunctions)).toEqual([])
})

const CHARACTERS = 120
const tooLong = (text: string) => text.length > CHARACTERS && [...text].length > CHARACTERS
/** A line that a regular expression begins: it cannot be split. */
const REGULAR_EXPRESSION = /^ *\/[^/*]/

test('no line is longer than 120 characters, but for regular expressions', () => {
  const lines = allSourceFiles('src', 'properties', 'bench', 'examples').flatMap((path) =>
    sourceText(path)
      .split('\n')
      .map((text, i) => ({ text, at: `${path}:${i + 1}` })),
  )
  const long = lines.filter(({ text }) => tooLong(text) && !REGULAR_EXPRESSION.test(text))
  expect(lines.length).toBeGreaterThan(40_000)
  expect(long.map(({ at }) => at)).toEqual([])
})

test('a line apart keeps the tag of a test file where comments are left out', () => {
  const tagged = allSourceFiles('src', 'properties', 'bench').filter((path) =>
    /@module-tag (slow|verified)/.test(sourceText(path).slice(0, 60)),
  )
  const kept = /^\/\*!\n \* @module-tag (slow|verified)\n \*\/\n\n/
  expect(tagged.length).toBeGreaterThan(10)
  expect(tagged.filter((path) => !kept.test(sourceText(path)))).toEqual([])
})

test('nor is one of prose in a document, but for the ledger, which is made from its rows', () => {
  const names = readdirSync('docs').filter((name) => name.endsWith('.md') && name !== 'ledger.md')
  const paths = [
    'README.md',
    'CONTRIBUTING.md',
    'CHANGELOG.md',
    'examples/README.md',
    ...names.map((name) => `docs/${name}`),
  ]
  const long = paths.flatMap((path) => {
    const prose = sourceText(path).replace(/^ *```[\s\S]*?^ *```/gm, '')
    return prose.split('\n').filter((line) => tooLong(line) && !line.startsWith('|'))
  })
  expect(paths.length).toBeGreaterThan(15)
  expect(long).toEqual([])
})

test('the walk of CONTRIBUTING.md passes at most 16 files, each of them imported or started by another', () => {
  const [, walk] = /## A walk through the code\n([\s\S]*?)\n## /.exec(sourceText('CONTRIBUTING.md')) ?? []
  const named = [...new Set([...walk!.matchAll(/`([\w/-]+\.ts)`/g)].map(([, name]) => name))]
  const passed = named.map((name) => files.filter((path) => path === name || path.endsWith(`/${name}`)))
  expect(passed.filter((found) => found.length !== 1)).toEqual([])
  expect(passed.length).toBeLessThanOrEqual(16)
  // A process is started by its file's URL.
  const started = (path: string) =>
    [...sourceText(path).matchAll(/new URL\('(\.[^']+)\.js'/g)].map(([, name]) =>
      posix.join(posix.dirname(path), `${name}.ts`),
    )
  const paths = passed.flat()
  const reached = new Set(paths.flatMap((path) => [...importsOf(path), ...started(path)]))
  expect(paths.filter((path) => !reached.has(path))).toEqual(['src/cli/commands/gate.ts'])
})
