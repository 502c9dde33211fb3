import { afterEach, expect, test, vi } from 'vitest'
import { withProgress } from './progress.js'

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** What a step of 100 s, whose share done grows with time, writes to standard error where that is no terminal. */
async function logOf({ quiet }: { readonly quiet: boolean }): Promise<string[]> {
  vi.useFakeTimers()
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const step = withProgress('top-k', quiet, async (onProgress) => {
    for (let second = 1; second <= 100; second++) {
      await vi.advanceTimersByTimeAsync(1000)
      onProgress(second / 100, `d = ${second}`)
    }
  })
  await step
  await vi.advanceTimersByTimeAsync(60_000)
  return written.mock.calls.map(([text]) => String(text))
}

test('a log gets a line every ten seconds, with the share done and the time left', async () => {
  const lines = await logOf({ quiet: false })
  expect(lines).toHaveLength(10)
  expect(lines[4]).toBe('dpb: top-k: 49 %, about 53 s left d = 49\n')
})

test('a quiet step writes nothing', async () => {
  expect(await logOf({ quiet: true })).toEqual([])
})
