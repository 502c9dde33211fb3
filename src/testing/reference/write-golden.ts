import { writeWhole } from '../../io/write-atomic.js'
import { goldenPath, referenceDimensions } from './golden-bounds.js'
import { recordedNumbers, recordedPath } from './recorded-numbers.js'

/**
 * `npm run golden`: the golden values of the bounds, by their definitions; and the numbers that bounds give today, so
 * that none changes unseen.
 */
const sizes = [
  { N: 16, k: 2, p: 0.3 },
  { N: 60, k: 3, p: 0.05 },
  { N: 64, k: 4, p: 0.01 },
  { N: 256, k: 28, p: 0.01 },
  { N: 500, k: 6, p: 0.001 },
  { N: 1000, k: 2, p: 0.2 },
  { N: 4096, k: 10, p: 0.5 },
  { N: 4096, k: 20, p: 0.1 },
]
const text = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

writeWhole(goldenPath, text(sizes.map(referenceDimensions)))
writeWhole(
  recordedPath,
  text(Object.fromEntries(Object.entries(recordedNumbers).map(([name, numbers]) => [name, numbers()]))),
)
