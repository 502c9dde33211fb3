import { expect, test } from 'vitest'
import { atOnce, inSlices, type Steps } from './slices.js'

function* countTo(most: number): Steps<number> {
  let n = 0
  for (; n < most; n++) yield
  return n
}

test('work comes to the same at once and in slices', async () => {
  expect(atOnce(countTo(1000))).toBe(1000)
  expect(await inSlices(countTo(1000), undefined)).toBe(1000)
})

test('work in slices without end hears what a timer says', async () => {
  const controller = new AbortController()
  setTimeout(() => controller.abort(new Error('enough')), 1)
  await expect(inSlices(countTo(Infinity), controller.signal)).rejects.toThrow('enough')
})
