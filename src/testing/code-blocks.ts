import { readFileSync } from 'node:fs'

/** The fenced code of this language in a Markdown file of the repository, block by block. */
export function codeBlocks(file: string, language: string): string[] {
  const text = readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8')
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)]
    .filter((match) => match[1] === language)
    .map((match) => match[2])
}

/** The arguments of every call of `npx dpb` in a file's shell and workflow examples, as a shell splits them. */
export const documentedCalls = (file: string): string[][] =>
  ['sh', 'yaml'].flatMap((language) =>
    codeBlocks(file, language).flatMap((block) =>
      [...block.matchAll(/npx dpb ([^#\n]+)/g)].map((match) => match[1].trim().split(/\s+/)),
    ),
  )
