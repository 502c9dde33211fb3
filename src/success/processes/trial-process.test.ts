import { chmodSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ideal, type Model } from '../../codes/model.js'
import { tempFolder } from '../../testing/temp-folder.js'
import { timeLimit } from '../trials/limits.js'
import { decoderProcess } from './decoder-process.js'
import { decoderSource } from './decoder-source.js'
import { usualLimits } from './supervisor.js'
import { trialProcess } from './trial-process.js'

const files = tempFolder()
const chunk = { shape: { N: 16, k: 2, d: 9 }, seed: '1', from: 0 }

/** Answers the first indices, as a program by the protocol: every line that has no problem is passed over. */
const program = files.write(
  'program',
  `#!/usr/bin/env node
   let rest = ''
   process.stdin.on('data', (data) => {
     rest += data.toString('latin1')
     if (rest.includes('"protocols"')) process.stdout.write('{"protocol":1,"name":"first"}\\n')
     rest = rest.replace('"protocols"', '').replace(/"problem":{"id":(\\d+),/g, (_, id) => {
       process.stdout.write(\`{"problem":\${id},"answers":[[0,1]]}\\n\`)
       return ''
     })
   })`,
)
chmodSync(program, 0o755)
const script = files.write('first.mjs', 'export default { name: "first", decode: () => [0, 1] }')

test.each([`exec:${program}`, script])(
  'a trial that cannot be drawn ends the run, and its process: %s',
  async (given) => {
    const drawn: number[] = []
    const model: Model = {
      id: 'ends',
      draw(shape, seed, trial) {
        if (trial === 50) throw new RangeError('there is no trial 50')
        drawn.push(trial)
        return ideal.draw(shape, seed, trial)
      },
    }
    const start = async () =>
      trialProcess(await decoderProcess(decoderSource(given), usualLimits(1)), timeLimit(5000, 5000), model)
    const runner = await start()
    const { values } = await runner.run({ ...chunk, trials: 45 })
    expect([values.length, drawn.length]).toEqual([45, 45])
    await expect(runner.run({ ...chunk, trials: 100 })).rejects.toThrow('there is no trial 50')
    expect(runner.alive).toBe(false)
  },
)
