import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { writeWhole } from '../../src/io/write-atomic.js'
import { openRecord } from '../../src/success/records/trial-record.js'
import { basisPursuitRecord } from './basis-pursuit.js'
import { coupledRecord } from './coupled.js'
import { darkMatterRecord } from './dark-matter.js'
import { iterativeRecord } from './iterative-decoders.js'
import { pursuitRecord } from './matching-pursuit.js'
import { oneStepRecord } from './one-step.js'
import { variantRecord } from './pursuit-variants.js'
import { recordCommand, recordUrl, type Stored, type StoredMeasurement } from './stored-measurement.js'

const recorders: readonly StoredMeasurement<unknown>[] = [
  oneStepRecord,
  pursuitRecord,
  variantRecord,
  darkMatterRecord,
  iterativeRecord,
  basisPursuitRecord,
  coupledRecord,
]

const [name, seed = '1', trials] = process.argv.slice(2)
const recorder = recorders.find((one) => one.name === name)
if (!recorder) {
  process.stderr.write(
    'npm run record -- NAME [SEED [TRIALS]]: TRIALS is a file that keeps the trials, to go on from; ' +
      `NAME is one of ${recorders.map(({ name }) => name).join(', ')}\n`,
  )
  process.exit(2)
}
const data = await recorder.measure(
  seed,
  (done) => process.stderr.write(`\r${name}: ${(100 * done).toFixed(1)} %`),
  openRecord(trials),
)
const record: Stored<unknown> = { command: recordCommand(recorder, seed), seed, data }
const url = recordUrl(recorder.name)
mkdirSync(new URL('.', url), { recursive: true })
writeWhole(fileURLToPath(url), `${JSON.stringify(record)}\n`)
process.stderr.write('\n')
