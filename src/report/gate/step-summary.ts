import { appendFileSync, statSync } from 'node:fs'

/** A job's step keeps a summary of at most 1 MiB, of all that was appended to it, or none. */
const MOST_BYTES = 2 ** 20 - 1
const CUT = '\nThe rest is left out: a summary holds less than 1 MiB.\n'

/**
 * Append Markdown to the summary of a job on GitHub: its first lines, where the whole does not fit. Throws where none
 * does.
 */
export function appendStepSummary(path: string, page: string): void {
  const taken = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  appendFileSync(path, firstLines(page, MOST_BYTES - taken))
}

function firstLines(page: string, room: number): string {
  if (Buffer.byteLength(page) <= room) return page
  let left = room - Buffer.byteLength(CUT)
  const kept: string[] = []
  for (const line of page.split('\n')) {
    left -= Buffer.byteLength(line) + 1
    if (left < 0) break
    kept.push(`${line}\n`)
  }
  if (kept.length === 0) throw new RangeError('it is full')
  return `${kept.join('')}${CUT}`
}
