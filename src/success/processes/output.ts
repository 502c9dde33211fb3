import type { Readable } from 'node:stream'
import { visibleLines } from '../../io/text/visible.js'

/** Characters of what one process prints that are passed on. */
const PASSED = 2 ** 16
/** Characters of its end that are looked at. */
const TAIL = 4096

/** What a decoder prints goes to standard error, up to a limit: standard output is the run's own. */
export function output(streams: readonly Readable[]) {
  let passed = 0
  let tail = ''
  for (const stream of streams) {
    stream.setEncoding('utf8')
    stream.on('data', (text: string) => {
      tail = (tail + text).slice(-TAIL)
      if (passed < PASSED) {
        process.stderr.write(visibleLines(text.slice(0, PASSED - passed)))
        if (passed + text.length >= PASSED) {
          process.stderr.write('\ndpb: the rest of what the decoder prints is left out\n')
        }
      }
      passed += text.length
    })
    stream.on('error', () => {})
  }
  return {
    outOfHeap: () => tail.includes('JavaScript heap out of memory'),
    /** The last line that is not empty. */
    lastLine: () => tail.trim().split('\n').at(-1) ?? '',
    close() {
      for (const stream of streams) stream.destroy()
    },
  }
}
