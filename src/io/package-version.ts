import { readFileSync } from 'node:fs'

const file = new URL('../../../package.json', import.meta.url)
let version: string | undefined

/** The packages that this one depends on, and their versions. */
export const packageDependencies = (): Readonly<Record<string, string>> =>
  JSON.parse(readFileSync(file, 'utf8')).dependencies

/** Version of this package. */
export function packageVersion(): string {
  version ??= JSON.parse(readFileSync(file, 'utf8')).version as string
  return version
}
