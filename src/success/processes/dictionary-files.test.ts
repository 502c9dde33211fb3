import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { DictionaryFiles } from './dictionary-files.js'
import type { DescribedProblem } from './host-protocol.js'

const dictionary = (id: number): DescribedProblem['dictionary'] => ({
  id,
  description: { kind: 'dense', d: 2, entries: Float64Array.of(1, 0, 0, 1) },
})

test('the file of a dictionary is there as long as a message may be over it that does not announce it', () => {
  const files = new DictionaryFiles()
  try {
    const [{ path }] = files.announce([dictionary(0)], false)
    files.release(new Set())
    expect(files.announce([dictionary(0)], false)).toEqual([])
    expect(existsSync(path)).toBe(true)
    files.announce([dictionary(1)], false)
    files.release(new Set([1]))
    expect(existsSync(path)).toBe(false)
    const [again] = files.announce([dictionary(0)], false)
    files.releaseAll()
    expect(existsSync(again.path)).toBe(false)
  } finally {
    files.close()
  }
})
