import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { tempFolder } from '../../testing/temp-folder.js'
import type { Sampler } from '../trials/sampler.js'
import { localSampler } from '../workers/local-sampler.js'
import { openSampler } from '../workers/open-sampler.js'
import { mergeRecords } from './merge.js'
import { type Cell, runCells } from './run-cells.js'
import { inShard, parseShard } from './shard.js'
import { openRecord } from './trial-record.js'

const files = tempFolder()
const cells: Cell[] = ['top-k', 'matching-pursuit'].flatMap((decoder) =>
  [16, 24, 32].map((d) => ({
    decoder,
    method: 'simulation' as const,
    N: 64,
    k: 3,
    d,
    seed: 's',
    from: 2,
    trials: 45,
  })),
)
const here = async (decoder: string): Promise<Sampler> => localSampler(decoder, { method: 'simulation' })
const bytes = (name: string) => readFileSync(files.path(name), 'utf8')

async function reference(): Promise<string> {
  const record = openRecord(files.path('reference.jsonl'))
  const results = await runCells(cells, { record, open: here })
  for (const [i, { decoder, N, k, d, seed, from, trials }] of cells.entries()) {
    const direct = await (await here(decoder)).run({ N, k, d }, seed, from, trials)
    expect(Array.from(results[i].values)).toEqual(Array.from(direct.values))
  }
  return bytes('reference.jsonl')
}

describe('the record is the same, byte for byte', async () => {
  const expected = await reference()

  test.each([1, 2])('with %i workers', async (workers) => {
    const record = openRecord(files.path('workers.jsonl'))
    const seen: number[] = []
    const open = (decoder: string) => openSampler(decoder, { workers })
    await runCells(cells.toReversed(), { record, open, onProgress: (done) => seen.push(done) })
    expect(bytes('workers.jsonl')).toBe(expected)
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    expect(seen.at(-1)).toBeCloseTo(1, 12)
  })

  test('after an interruption, with nothing run twice', async () => {
    let runs = 0
    const stop = new AbortController()
    const open = async (decoder: string): Promise<Sampler> => {
      const sampler = await here(decoder)
      return {
        ...sampler,
        run(shape, seed, from, trials, options) {
          runs += trials
          if (runs > 150 && runs - trials <= 150) stop.abort()
          return sampler.run(shape, seed, from, trials, options)
        },
      }
    }
    const path = files.path('stopped.jsonl')
    const first = runCells(cells, { record: openRecord(path), open, signal: stop.signal })
    await expect(first).rejects.toThrow('aborted')
    const kept = openRecord(path)
      .entries()
      .reduce((sum, { values }) => sum + values.length, 0)
    expect(kept).toBeGreaterThan(0)
    expect(kept).toBeLessThan(6 * 45)
    runs = 1000
    await runCells(cells, { record: openRecord(path), open })
    expect(runs - 1000).toBe(6 * 45 - kept)
    expect(bytes('stopped.jsonl')).toBe(expected)
    await runCells(cells, {
      record: openRecord(path),
      open: async (decoder) => ({ ...(await here(decoder)), run: () => Promise.reject('run again') }),
    })
  })

  test('in shards, merged', async () => {
    const parts = ['1/3', '2/3', '3/3'].map(parseShard)
    const paths = parts.map(({ index }) => files.path(`part-${index}.jsonl`))
    for (const [i, shard] of parts.entries()) {
      await runCells(inShard(cells, shard), { record: openRecord(paths[i]), open: here })
    }
    mergeRecords(paths.toReversed(), files.path('merged.jsonl'))
    expect(bytes('merged.jsonl')).toBe(expected)
  })
})

test.each(['0/3', '4/3', '1/0', '1', 'a/b', '1/2/3', '-1/3'])('%s is no shard', (text) => {
  expect(() => parseShard(text)).toThrow(/^a shard is i\/n/)
})
