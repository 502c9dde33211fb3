import type { Readable } from 'node:stream'
import { visible } from '../../io/text/visible.js'

/** Characters of what one process of a decoder prints that are passed on. */
const PASSED = 2 ** 16
/** A line of more is passed on in parts. */
const LONGEST_LINE = 2 ** 12
/** Characters of its end that are looked at. */
const TAIL = 4096

/**
 * What a decoder prints goes to standard error line by line, up to a limit: standard output is the run's own.
 * @param label stands before each line
 * @param held whether it waits until `pass` is called, and is dropped where it never is
 */
export function output(label: string, streams: readonly Readable[], held = false) {
  let before = ''
  let tail = ''
  let waiting: string[] | undefined = held ? [] : undefined
  let passed = 0
  const pass = (line: string) => {
    if (passed >= PASSED) return
    passed += line.length + 1
    process.stderr.write(`${label} | ${visible(line)}\n`)
    if (passed >= PASSED) process.stderr.write(`dpb: the rest of what ${label} prints is left out\n`)
  }
  const print = (line: string) => {
    if (!waiting) pass(line)
    else if (waiting.length < PASSED) waiting.push(line)
  }
  for (const stream of streams) {
    let rest = ''
    stream.setEncoding('utf8')
    stream.on('data', (text: string) => {
      tail = (tail + text).slice(-TAIL)
      const lines = (rest + text).split('\n')
      rest = lines.pop()!
      lines.forEach(print)
      if (rest.length < LONGEST_LINE) return
      print(rest)
      rest = ''
    })
    stream.on('close', () => rest !== '' && print(rest))
    stream.on('error', () => {})
  }
  return {
    outOfHeap: () => (before + tail).includes('JavaScript heap out of memory'),
    /** The end of what was printed since `forget` was called last, or the last time but one that `age` was. */
    tail: () => before + tail,
    forget() {
      before = tail = ''
    },
    age() {
      before = tail
      tail = ''
    },
    pass() {
      const lines = waiting ?? []
      waiting = undefined
      lines.forEach(print)
    },
    close() {
      for (const stream of streams) stream.destroy()
    },
  }
}
