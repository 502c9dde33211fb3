import { basename } from 'node:path'
import { firstLine } from '../../io/first-line.js'

/** A frame of a Python traceback, or of what its fault handler prints. */
const FRAME = /File "([^"\n]+)", line (\d+)/g
/** Frames of nobody's that a user could change. */
const LIBRARY = /[\\/](site-packages|dist-packages)[\\/]|[\\/]lib(64)?[\\/]python\d|dims_per_bit\.py$|^</

/** ` (mine.py:12)`: the innermost place in a file of the user's that this text names; empty where it names none. */
export function placeIn(text: string): string {
  const frames = [...text.matchAll(FRAME)].filter(([, path]) => !LIBRARY.test(path))
  const frame = text.includes('most recent call first') ? frames[0] : frames.at(-1)
  return frame ? ` (${basename(frame[1])}:${frame[2]})` : ''
}

/** The line that says why a program ended, and where: its last one, unless a fault handler wrote that. */
export function cause(printed: string): string | undefined {
  if (printed.includes('Fatal Python error')) return undefined
  const line = firstLine(printed.trim().split('\n').at(-1))
  return line === '' ? undefined : line + placeIn(printed)
}
