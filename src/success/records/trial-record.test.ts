import { appendFileSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tempFolder } from '../../testing/temp-folder.js'
import type { Sampler } from '../trials/sampler.js'
import { mergeRecords } from './merge.js'
import { formatEntry, parseEntry, type RecordLine } from './record-line.js'
import { recorded } from './recording-sampler.js'
import { openRecord } from './trial-record.js'

const files = tempFolder()
const entry = (more: Partial<RecordLine> = {}): RecordLine => ({
  decoder: 'top-k',
  method: 'simulation',
  N: 64,
  k: 2,
  d: 20,
  seed: '1',
  from: 0,
  values: [1, 0, 1, 1, 1],
  faults: [],
  ...more,
})
const wrongInput = (message: RegExp) =>
  expect.objectContaining({ name: 'InputError', message: expect.stringMatching(message) })

test('entries survive a line of JSON', () => {
  const value = fc.oneof(
    fc.constantFrom(0, 1),
    fc.double({ min: 0, max: 1, noNaN: true }).map((x) => x + 0),
  )
  const values = fc.oneof(
    fc.array(fc.constantFrom(0, 1), { minLength: 1 }),
    fc.array(value, { minLength: 1 }),
  )
  const faults = [{ trial: 0, kind: 'throw' as const, message: 'threw: "no"\nidea' }]
  fc.assert(
    fc.property(values, fc.string(), fc.constantFrom(64, 2 ** 60, 1e100), (values, seed, N) => {
      const given = entry({ values, seed, N, faults })
      const line = formatEntry(given)
      expect(line).not.toContain('\n')
      expect(parseEntry(line)).toEqual(given)
    }),
    { seed: 1, numRuns: 200 },
  )
  expect(formatEntry(entry())).toContain('"bits":"b8"')
})

test.each([
  ['{"decoder"', /^not JSON$/],
  ['[]', /^must be an object, not a list$/],
  [formatEntry(entry()).replace('"b8"', '"b"'), /^not the values of 5 trials$/],
  [formatEntry(entry()).replace('"trials":5', '"trials":50'), /^not the values of 50 trials$/],
  [formatEntry(entry({ values: [0.5] })).replace('0.5', '1.5'), /^values.0: /],
  [formatEntry(entry()).replace('simulation', 'guess'), /^method: /],
  [formatEntry(entry()).replace('{', '{"extra":1,'), /extra/],
])('%s is refused', (line, message) => {
  expect(() => parseEntry(line)).toThrow(wrongInput(message))
})

test('a record gives back what was added, from its file too', () => {
  const path = files.path('a.jsonl')
  const record = openRecord(path)
  const series = { ...entry(), values: undefined, faults: undefined, from: undefined }
  record.add(entry({ faults: [{ trial: 1, kind: 'throw', message: 'threw' }] }))
  record.add(entry({ d: 21, from: 3 }))
  for (const seen of [record, openRecord(path)]) {
    expect(seen.missing(series, 2, 9)).toEqual([{ from: 5, to: 9 }])
    expect(seen.missing({ ...series, d: 21 }, 0, 9)).toEqual([
      { from: 0, to: 3 },
      { from: 8, to: 9 },
    ])
    expect(seen.missing({ ...series, revision: 'x' }, 0, 9)).toEqual([{ from: 0, to: 9 }])
    expect(seen.read(series, 1, 4)).toEqual({
      values: [0, 1, 1],
      faults: [{ trial: 1, kind: 'throw', message: 'threw', N: 64, k: 2, d: 20, seed: '1' }],
    })
    expect(seen.read(series, 2, 4).faults).toEqual([])
  }
})

test('a torn last line is dropped, and the next one starts afresh', () => {
  const path = files.path('torn.jsonl')
  openRecord(path).add(entry())
  const good = readFileSync(path, 'utf8')
  for (const torn of ['{"deco', formatEntry(entry({ from: 5 }))]) {
    appendFileSync(path, torn)
    openRecord(path).add(entry({ from: 50 }))
    expect(readFileSync(path, 'utf8')).toBe(`${good}${formatEntry(entry({ from: 50 }))}\n`)
    openRecord(files.write('torn.jsonl', good))
  }
  const header = files.write('header.jsonl', good.slice(0, 9))
  openRecord(header).add(entry())
  expect(readFileSync(header, 'utf8')).toBe(good)
})

test('records put together line by line read as one', () => {
  const [one, two] = [files.path('one.jsonl'), files.path('two.jsonl')]
  openRecord(one).add(entry())
  openRecord(two).add(entry({ from: 50 }))
  const both = files.write('both.jsonl', readFileSync(one, 'utf8') + readFileSync(two, 'utf8'))
  expect(openRecord(both).entries()).toEqual([...openRecord(one).entries(), ...openRecord(two).entries()])
})

test('the canonical form depends on the values alone', () => {
  const values = Array.from({ length: 9000 }, (_, i) => (i % 3 === 0 ? 1 : 0))
  const cut = (from: number, to: number, d = 20) => entry({ from, values: values.slice(from, to), d })
  const whole = openRecord(files.path('whole.jsonl'))
  const parts = openRecord(files.path('parts.jsonl'))
  for (const d of [9, 20]) whole.add(cut(0, 9000, d))
  for (const [from, to] of [
    [5000, 9000],
    [0, 100],
    [90, 7000],
  ])
    for (const d of [20, 9]) parts.add(cut(from, to, d))
  expect(parts.entries().map(({ d, from }) => [d, from])).toEqual(
    [9, 20].flatMap((d) => [0, 4096, 8192].map((from) => [d, from])),
  )
  whole.settle()
  parts.settle()
  expect(readFileSync(files.path('parts.jsonl'))).toEqual(readFileSync(files.path('whole.jsonl')))
})

test.each([
  ['text.jsonl', 'hello\n', /text.jsonl' is no record: /],
  [
    'older.jsonl',
    '{"record":"dims-per-bit","version":0}\n',
    /older.jsonl' is a record of version 0 of the format, not 1$/,
  ],
  ['bad.jsonl', '{"record":"dims-per-bit","version":1}\n{"decoder":"x"}\n', /bad.jsonl', line 2: method: /],
])('%s is refused', (name, text, message) => {
  expect(() => openRecord(files.write(name, text))).toThrow(wrongInput(message))
  expect(readFileSync(files.path(name), 'utf8')).toBe(text)
})

test.each(['.', 'nowhere/a.jsonl'])(
  'a record that cannot be written is refused as it is opened: %s',
  (name) => {
    expect(() => openRecord(files.path(name))).toThrow(wrongInput(/^cannot write/))
  },
)

test('parts merge to the same bytes in any order, and a contradiction is named', () => {
  const paths = ['m1.jsonl', 'm2.jsonl', 'm3.jsonl'].map(files.path)
  openRecord(paths[0]).add(entry({ decoder: 'threshold' }))
  openRecord(paths[1]).add(entry({ from: 3, values: [1, 1, 0] }))
  openRecord(paths[2]).add(entry())
  mergeRecords(paths, files.path('forward.jsonl'))
  mergeRecords(paths.toReversed(), files.path('backward.jsonl'))
  expect(readFileSync(files.path('forward.jsonl'))).toEqual(readFileSync(files.path('backward.jsonl')))
  expect(
    openRecord(files.path('forward.jsonl'))
      .entries()
      .map(({ decoder, values }) => [decoder, values.length]),
  ).toEqual([
    ['threshold', 5],
    ['top-k', 6],
  ])
  openRecord(paths[0]).add(entry({ from: 4, values: [0] }))
  const conflict =
    /m2.jsonl' contradicts .* trial 4 of top-k by simulation at N = 64, k = 2, d = 20, seed 1: 0 and 1$/
  expect(() => mergeRecords(paths, files.path('none.jsonl'))).toThrow(wrongInput(conflict))
  expect(() => mergeRecords([files.path('no.jsonl')], files.path('none.jsonl'))).toThrow(
    wrongInput(/^there is no file/),
  )
  expect(() => readFileSync(files.path('none.jsonl'))).toThrow()
})

test.each([false, true])(
  'more failures than a call takes arguments are kept and taken (in parts: %s)',
  async (parts) => {
    const trials = 150_000
    const run: Sampler['run'] = async (shape, seed, from, count, options) => {
      const faults = Array.from({ length: count }, (_, t) => {
        return { kind: 'throw' as const, message: 'threw: no', ...shape, seed, trial: from + t }
      })
      const ran = { values: new Float64Array(count), faults }
      options?.onPart?.(from, ran)
      return ran
    }
    const failing: Sampler = {
      decoder: 'no',
      method: 'simulation',
      reportsParts: parts,
      run,
      close: async () => {},
    }
    const record = openRecord()
    for (const _ of ['kept', 'taken']) {
      const { faults } = await recorded(failing, record).run({ N: 64, k: 2, d: 20 }, 's', 0, trials)
      expect(faults).toHaveLength(trials)
    }
  },
)
