import { afterEach, expect, test, vi } from 'vitest'
import { synthetic } from '../../testing/synthetic-sampler.js'
import { affordableCells, recordingTrials } from './affordable.js'
import type { CellRequest } from './cells.js'

afterEach(() => {
  vi.restoreAllMocks()
})

const cell: CellRequest = { N: 256, k: 8, method: 'simulation', tolerance: 0.02 }

/**
 * What becomes of the cells where a trial takes so many processor seconds, in this process or in one of the
 * sampler's own, after which it waits for so many, by clocks that nothing else moves.
 */
async function affordable(seconds: number, cells = [cell], where: 'here' | 'elsewhere' = 'here', waits = 0) {
  const sampler = synthetic({ dimension: 200, method: cells[0].method })
  let [microseconds, worked, waited] = [0, 0, 0]
  vi.spyOn(process, 'cpuUsage').mockImplementation((since) => ({
    user: microseconds - (since?.user ?? 0),
    system: 0,
  }))
  if (waits > 0) vi.spyOn(performance, 'now').mockImplementation(() => 1000 * waited)
  const slow = {
    ...sampler,
    run: (...args: Parameters<typeof sampler.run>) => {
      if (where === 'here') microseconds += 1e6 * seconds * args[3]
      else worked += seconds * args[3]
      waited += waits * args[3]
      return sampler.run(...args)
    },
    workedSeconds: () => worked,
  }
  return affordableCells([slow], cells)
}

test('a cell of cheap trials is recorded as asked', async () => {
  expect(await affordable(1e-3)).toMatchObject({ cells: [cell], notes: [] })
})

test('dearer trials widen the tolerance to what two minutes show, or leave the cell out, and it is said', async () => {
  // 4000 trials, of which 1500 find the place: √(24/2500) = 0.098.
  const id = 'simulation at N = 256, k = 8'
  expect(await affordable(0.03)).toEqual({
    cells: [{ ...cell, tolerance: 0.1, seconds: expect.closeTo(0.03 * 3900, 6) }],
    notes: [`${id} has tolerance 0.1, not 0.02: a trial takes 0.030 s`],
  })
  expect(await affordable(0.03, [{ ...cell, tolerance: 0.15 }])).toMatchObject({ notes: [] })
  for (const seconds of [0.07, 0.08, 2]) {
    expect(await affordable(seconds)).toEqual({
      cells: [],
      notes: [`${id} is left out: a trial takes ${seconds.toPrecision(2)} s`],
    })
  }
})

test('a cell that was named is recorded as asked, whatever it takes', async () => {
  const named = { ...cell, named: true }
  expect(await affordable(0.5, [named])).toMatchObject({ cells: [named], notes: [] })
})

test("the time of a user's decoder is that of its own process", async () => {
  expect(await affordable(2 ** -5, [cell], 'elsewhere')).toEqual(await affordable(2 ** -5))
})

test('given the members a cell keeps its tolerance: it takes 3000 trials, at half the time of the first', async () => {
  const conditional: CellRequest = { ...cell, method: 'conditional', tolerance: 0.003 }
  const { cells, notes } = await affordable(0.1, [conditional])
  expect(notes).toEqual([])
  expect(cells).toEqual([{ ...conditional, seconds: expect.closeTo(150, 6) }])
  expect(recordingTrials(conditional)).toBe(3000)
})

test('a decoder that waits for something else than a core is one whose time by the clock is told', async () => {
  const { cells, notes } = await affordable(1e-3, [{ ...cell, tolerance: 0.1 }], 'here', 2)
  expect(notes).toEqual([])
  expect(cells).toEqual([
    { ...cell, tolerance: 0.1, seconds: expect.closeTo(3.9, 6), elapsed: expect.closeTo(2 * 3900, 6) },
  ])
})
