import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
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

describe('a field that the others do not allow is named, though the checksum fits', () => {
  const times = (factor: number) => (old: number) => old * factor
  type Change = readonly [field: string, change: (old: never) => unknown, named?: RegExp]
  const changes: readonly Change[] = [
    ['id', () => 'other'],
    ['N', (old: number) => old + 1, /id/],
    ['k', (old: number) => old + 1, /id/],
    ['target', () => 0.9, /mean|power/],
    ['entropyBits', times(1.001)],
    ['dimension', times(1.001), /dimsPerBit/],
    ['dimsPerBit', times(1.001)],
    ['interval', ([low, high]: [number, number]) => [low * 0.9, high]],
    ['confidence', () => 0.9, /power|falseAlarm/],
    ['tolerance', times(1.1), /\.d/],
    ['steepness', times(1.5), /power/],
    ['cap', times(2), /power/],
    ['cap', () => 1e9],
    ['repeated', () => 2, /power/],
    ['repeated', () => 99_999],
    ['power', (old: object) => ({ ...old, drift: 0.01 })],
    ['power', (old: object) => ({ ...old, detected: 0.5 })],
    ['power', (old: object) => ({ ...old, firstTier: 0.5 })],
    ['power', (old: object) => ({ ...old, confirmed: 0.5 })],
  ]
  const sides = ['lower', 'upper'].flatMap((side): Change[] => [
    [side, (old: object) => ({ ...old, d: 3 })],
    [side, (old: { mean: number }) => ({ ...old, mean: old.mean + 0.01 })],
    [side, (old: { variance: number }) => ({ ...old, variance: old.variance * 1.01 })],
    [
      side,
      (old: { values: number[] }) => ({
        ...old,
        values: old.values.map((value, t) => (t === 0 ? 1 - value : value)),
      }),
    ],
  ])
  const all = [...changes, ...sides].map(([field, change, named = new RegExp(field)]) => ({
    field,
    change,
    named,
  }))
  test.each(all)('%#: $field', ({ field, change, named }) => {
    const content = sealed(({ cells: [cell] }) => {
      cell[field] = change(cell[field] as never)
    })
    let message = ''
    try {
      parseBaseline(content)
    } catch (error) {
      message = (error as Error).message
    }
    expect(message).toMatch(/^the baseline is malformed: (cells\.0\.[\w.]+|falseAlarm): [^\n]*$/)
    expect(message.split(': ')[1]).toMatch(named)
  })

  test('more cells than anyone records', () => {
    const content = sealed((json) => {
      json.cells = Array(1000).fill(json.cells[0])
    })
    expect(() => parseBaseline(content)).toThrow(
      /is malformed: cells: must be of at most 64 entries, not of 1000/,
    )
  })
})

test.each(readdirSync('reports/baselines'))('%s allows itself', (name) => {
  expect(readBaseline(`reports/baselines/${name}`).cells.length).toBeGreaterThan(0)
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
  expect(baselinePath('omp')).toBe('orthogonal-matching-pursuit.baseline.json')
  expect(baselinePath('relative-threshold:3.5')).toBe('relative-threshold-3.5.baseline.json')
})
