/*!
 * @module-tag slow
 */

import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { codeBlocks } from './testing/code-blocks.js'
import { sourceText } from './testing/source-files.js'

const root = fileURLToPath(new URL('../..', import.meta.url)).replaceAll('\\', '/')

const documents = ['README.md', ...readdirSync(`${root}docs`).map((name) => `docs/${name}`)].filter((path) =>
  path.endsWith('.md'),
)

/** The code of the documents, each block as a file beside what it imports: in `properties/`, as it says, or alone. */
const blocks = new Map(
  documents.flatMap((document) =>
    codeBlocks(document, 'ts').map((text, i) => {
      const folder = text.includes("'../src/") ? 'properties' : 'docs'
      return [`${root}${folder}/${document.replaceAll(/\W/g, '-')}-${i}.ts`, text] as const
    }),
  ),
)
const examples = readdirSync(`${root}examples`)
  .filter((name) => name.endsWith('.ts'))
  .map((name) => [`${root}examples/${name}`, sourceText(`examples/${name}`)] as const)

/** The decoder that the README shows, which other blocks import. */
const decoder = codeBlocks('README.md', 'js').find((text) => text.startsWith('export default'))!

/** What the compiler says of these files under `strict` and `noUncheckedIndexedAccess`. */
function complaints(files: ReadonlyMap<string, string>): string[] {
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    strict: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
    allowJs: true,
    noEmit: true,
    types: ['node'],
  }
  const host = ts.createCompilerHost(options)
  const written = new Map([...files, [`${root}docs/my-decoder.mjs`, decoder]])
  const { fileExists, readFile } = host
  host.fileExists = (path) => written.has(path) || fileExists(path)
  host.readFile = (path) => written.get(path) ?? readFile(path)
  const program = ts.createProgram([...files.keys()], options, host)
  return [...files.keys()].flatMap((path) => {
    const source = program.getSourceFile(path)!
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
    return found.map(({ messageText }) => `${path}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`)
  })
}

test('the code of README, documents and examples compiles under strict and noUncheckedIndexedAccess', () => {
  expect(blocks.size).toBeGreaterThanOrEqual(5)
  expect(examples.length).toBeGreaterThan(1)
  const wrong = `${root}docs/wrong.ts`
  const found = complaints(
    new Map([...blocks, ...examples, [wrong, 'export const first: number = new Float64Array(1)[0]']]),
  )
  expect(found.filter((line) => !line.startsWith(wrong))).toEqual([])
  expect(found).toHaveLength(1)
})
