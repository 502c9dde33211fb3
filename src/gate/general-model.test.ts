import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { IDEAL } from '../codes/model/description.js'
import { builtInDecoder } from '../decoders/built-in.js'
import { processReader } from '../success/processes/process-reader.js'
import { localSampler } from '../success/workers/local-sampler.js'
import { tempFolder } from '../testing/temp-folder.js'
import { readBaseline, writeBaseline } from './baseline/baseline.js'
import { ownCell } from './baseline/cells.js'
import { recordBaseline } from './baseline/record-baseline.js'
import { gateWithCases } from './cases/gate-with-cases.js'
import { replay } from './cases/replay.js'
import { readCase } from './cases/trial-case.js'

const files = tempFolder()
const model = {
  ...IDEAL,
  noise: 0.1,
  amplitudes: 'half-normal',
  active: 'bernoulli',
  criterion: 'recall:0.5',
}

test('a decoder for noisy codes is gated at its own criterion', async () => {
  const sampler = await localSampler('top-k', { method: 'simulation', model })
  const cells = [ownCell('top-k', 128, 6, 0.3, model)]
  const recorded = await recordBaseline([sampler], { cells, falseAlarm: 0.01 })
  const path = files.path('top-k.baseline.json')
  writeBaseline(path, recorded)
  const baseline = readBaseline(path)
  expect(baseline).toMatchObject({ model })

  const folder = files.path('cases')
  const same = await gateWithCases('top-k', [sampler], baseline, folder)
  expect(same.report.verdict).toBe('unchanged')

  const topK = builtInDecoder('top-k')!
  const worse = {
    ...sampler,
    run: async (...[shape, seed, from, trials, options]: Parameters<typeof sampler.run>) =>
      sampler.run({ ...shape, d: Math.ceil(shape.d / 3) }, seed, from, trials, options),
  }
  const { report, cases } = await gateWithCases(topK.name, [worse], baseline, folder)
  expect(report.verdict).toBe('regressed')

  const one = readCase(cases[0])
  const { criterion, ...drawn } = model
  const before = files.path('before.json')
  writeFileSync(before, JSON.stringify({ case: 'dims-per-bit', version: 1, ...one, model: drawn, criterion }))
  expect(readCase(before), 'the criterion beside the model').toEqual(one)
  expect(one).toMatchObject({ model })
  const reader = await processReader('top-k', { timeLimit: 60_000 })
  const again = await replay(reader, one).finally(() => reader.close())
  // The decoder itself is as it was: it meets the criterion, though it does not read all.
  expect(again.success).toBe(true)
  expect(again.subset).toEqual(one.subset)
})
