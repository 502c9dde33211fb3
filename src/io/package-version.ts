import { readFileSync } from 'node:fs'

const file = new URL('../../../package.json', import.meta.url)
let version: string | undefined

/** Version of this package. */
export function packageVersion(): string {
  version ??= JSON.parse(readFileSync(file, 'utf8')).version as string
  return version
}
