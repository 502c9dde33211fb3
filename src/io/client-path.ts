import { fileURLToPath } from 'node:url'

/**
 * The folder with the files that `dpb init` writes for a language, or one of them: sources, in a checkout and in the
 * package.
 */
export const clientPath = (path: string): string =>
  fileURLToPath(new URL(`../../../src/clients/${path}`, import.meta.url))
