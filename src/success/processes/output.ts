import type { Readable } from 'node:stream'
import { visibleLines } from '../../io/text/visible.js'

/** Characters of what one process prints that are passed on. */
const PASSED = 2 ** 16
/** Characters of its end that are looked at. */
const TAIL = 4096

/**
 * What a decoder prints goes to standard error, up to a limit: standard output is the run's own.
 * @param held whether it waits until `pass` is called, and is dropped where it never is
 */
export function output(streams: readonly Readable[], held = false) {
  let passed = 0
  let before = ''
  let tail = ''
  let waiting: string[] | undefined = held ? [] : undefined
  const pass = (text: string) => {
    if (passed < PASSED) {
      process.stderr.write(visibleLines(text.slice(0, PASSED - passed)))
      if (passed + text.length >= PASSED) {
        process.stderr.write('\ndpb: the rest of what the decoder prints is left out\n')
      }
    }
    passed += text.length
  }
  for (const stream of streams) {
    stream.setEncoding('utf8')
    stream.on('data', (text: string) => {
      tail = (tail + text).slice(-TAIL)
      if (!waiting) pass(text)
      else if (waiting.length < PASSED) waiting.push(text)
    })
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
      waiting?.forEach(pass)
      waiting = undefined
    },
    close() {
      for (const stream of streams) stream.destroy()
    },
  }
}
