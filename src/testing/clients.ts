import { fileURLToPath } from 'node:url'

/** The folder with the files that `dpb init` writes for a language, or one of them. */
export const clientPath = (path: string): string =>
  fileURLToPath(new URL(`../../../src/clients/${path}`, import.meta.url))
