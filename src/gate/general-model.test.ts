import { expect, test } from 'vitest'
import { IDEAL } from '../codes/model/description.js'
import { builtInDecoder } from '../decoders/built-in.js'
import { trialByTrial } from '../success/estimation/judged-sampler.js'
import { processReader } from '../success/processes/process-reader.js'
import { localSampler } from '../success/workers/local-sampler.js'
import { tempFolder } from '../testing/temp-folder.js'
import { judged, readBaseline, writeBaseline } from './baseline/baseline.js'
import { ownCell } from './baseline/cells.js'
import { recordBaseline } from './baseline/record-baseline.js'
import { gateWithCases } from './cases/gate-with-cases.js'
import { replay } from './cases/replay.js'
import { readCase } from './cases/trial-case.js'

const files = tempFolder()
const model = { ...IDEAL, noise: 0.1, amplitudes: 'half-normal', active: 'bernoulli' }
const criterion = { kind: 'recall', level: 0.5 } as const

test('a decoder for noisy codes is gated at its own criterion', async () => {
  const sampler = await localSampler('top-k', { method: 'simulation', model })
  const cells = [ownCell('top-k', 128, 6, 0.3, { model, criterion })]
  const recorded = await recordBaseline([trialByTrial(sampler, criterion)], { cells, falseAlarm: 0.01 })
  const path = files.path('top-k.baseline.json')
  writeBaseline(path, recorded)
  const baseline = readBaseline(path)
  expect(baseline).toMatchObject({ model, criterion: 'recall:0.5' })

  const folder = files.path('cases')
  const same = await gateWithCases('top-k', judged([sampler], baseline), baseline, folder)
  expect(same.report.verdict).toBe('unchanged')

  const topK = builtInDecoder('top-k')!
  const worse = {
    ...sampler,
    run: async (...[shape, seed, from, trials, options]: Parameters<typeof sampler.run>) =>
      sampler.run({ ...shape, d: Math.ceil(shape.d / 3) }, seed, from, trials, options),
  }
  const { report, cases } = await gateWithCases(topK.name, judged([worse], baseline), baseline, folder)
  expect(report.verdict).toBe('regressed')

  const one = readCase(cases[0])
  expect(one).toMatchObject({ model, criterion: 'recall:0.5' })
  const reader = await processReader('top-k', { timeLimit: 60_000 })
  const again = await replay(reader, one).finally(() => reader.close())
  // The decoder itself is as it was: it meets the criterion, though it does not read all.
  expect(again.success).toBe(true)
  expect(again.subset).toEqual(one.subset)
})
