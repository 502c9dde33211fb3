/** Where this package is. */
const PACKAGE = new URL('../../../', import.meta.url).pathname

/** ` (mine.mjs:12)`: where in a file of the user's an error was thrown; empty where its stack does not say. */
export function placeOf(error: unknown): string {
  try {
    const stack = error instanceof Error ? String(error.stack) : ''
    const frame = /(?<=file:\/\/|\(|\s)(\/[^\s():]+):(\d+)/g
    for (const [, path, line] of stack.matchAll(frame)) {
      if (!path.includes('/node_modules/') && !path.startsWith(PACKAGE)) {
        return ` (${path.slice(path.lastIndexOf('/') + 1)}:${line})`
      }
    }
  } catch {
    // A stack that cannot be read says nothing.
  }
  return ''
}
