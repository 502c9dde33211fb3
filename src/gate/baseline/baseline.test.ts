import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { synthetic } from '../../testing/synthetic-sampler.js'
import { tempFolder } from '../../testing/temp-folder.js'
import { baselineJson, baselinePath, parseBaseline, readBaseline, writeBaseline } from './baseline.js'
import { recordBaseline } from './record-baseline.js'

const files = tempFolder()
const cells = [
  { N: 64, k: 3, method: 'simulation', tolerance: 0.2 },
  { N: 1e100, k: 3, method: 'conditional', tolerance: 0.2 },
] as const
const baseline = await recordBaseline(
  cells.map(({ method }) => synthetic({ dimension: 100, method })),
  { cells },
)
const path = files.path('b.json')
writeBaseline(path, baseline)
const text = readFileSync(path, 'utf8')
const wrongInput = (message: RegExp) =>
  expect.objectContaining({ name: 'InputError', message: expect.stringMatching(message) })

test('a file gives back what was recorded, outcome by outcome, also when it is laid out otherwise', () => {
  const recorded = { ...baseline, revision: undefined }
  expect(readBaseline(path)).toEqual(recorded)
  expect(parseBaseline(JSON.stringify(JSON.parse(text)))).toEqual(recorded)
  expect(parseBaseline(text.replaceAll('\n', '\r\n'))).toEqual(recorded)
  expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(baselineJson(baseline))))
})

const sealed = (change: (content: ReturnType<typeof JSON.parse>) => void) => {
  const content = structuredClone(baseline) as ReturnType<typeof JSON.parse>
  change(content)
  return JSON.stringify(baselineJson(content))
}

test.each([
  [text.slice(0, -20), /is cut short/],
  ['', /is cut short/],
  ['{"baseline": x}', /is not JSON/],
  ['[1]', /is no baseline/],
  ['{}', /is no baseline of dims-per-bit/],
  [text.replace('"version": 1', '"version": 2'), /has version 2 of the format, not 1/],
  [text.replace(/"tolerance": 0.2/, '"tolerance": 0.5'), /was edited/],
  [text.replace(/"bits": "./, '"bits": "0'), /was edited/],
  [text.replace(/"checksum": "../, '"checksum": "__'), /was edited/],
  [
    sealed((content) => {
      content.cells[0].cap = -1
    }),
    /is malformed: cells\.0\.cap: /,
  ],
  [
    sealed((content) => {
      content.cells = []
    }),
    /is malformed: cells: /,
  ],
])('%#: wrong content is one line that says so', (content, message) => {
  const file = files.write('wrong.json', content)
  expect(() => readBaseline(file)).toThrow(wrongInput(message))
  expect(() => readBaseline(file)).toThrow(wrongInput(/^the baseline '[^\n]*wrong\.json' [^\n]*$/))
})

test('a baseline that is not there is recorded by dpb baseline', () => {
  expect(() => readBaseline(files.path('none.json'))).toThrow(
    wrongInput(/^there is no baseline '.*none\.json'; dpb baseline records one$/),
  )
})

test('a baseline is beside its decoder', () => {
  const file = files.write('mine.v2.mjs', '')
  expect(baselinePath(file)).toBe(files.path('mine.v2.baseline.json'))
  expect(baselinePath('top-k')).toBe('top-k.baseline.json')
})
