import { readFileSync } from 'node:fs'
import { parseHTML } from 'linkedom'
import { describe, expect, test } from 'vitest'
import { topKFinite, topKFiniteDimension } from '../bounds/top-k-finite.js'
import { stream } from '../random/stream.js'
import { figureCsv } from '../report/csv.js'
import type { Curve, Figure, HeatMap } from '../results/figure.js'
import type { TaskContext } from '../success/estimation/run-tasks.js'
import { parseShard } from '../success/records/shard.js'
import { openRecord } from '../success/records/trial-record.js'
import type { Sampler } from '../success/trials/sampler.js'
import { tempFolder } from '../testing/temp-folder.js'
import { figures } from './all-figures.js'
import { sampledFigure } from './sampled-figure.js'
import { mapPanel, mapsWork, type SuccessMap } from './success-maps.js'
import { figureSvg, writeFigure } from './write.js'

const files = tempFolder()

/** A decoder that succeeds exactly as often as the Gaussian law of top-k says. */
const open = async (decoder: string): Promise<Sampler> => ({
  decoder,
  method: 'conditional',
  async run(shape, seed, from, trials) {
    const rate = topKFinite(shape.N, shape.k, shape.d).success
    const values = Float64Array.from({ length: trials }, (_, t) => {
      const { uniform } = stream(seed, from + t)
      return rate + rate * (1 - rate) * (uniform() - 0.5)
    })
    return { values, faults: [] }
  },
  close: async () => {},
})
const context = (more: Partial<TaskContext> = {}): TaskContext => ({
  seed: '1',
  record: openRecord(),
  open,
  ...more,
})

const map: SuccessMap = {
  decoder: 'top-k',
  power: 12,
  ks: [5, 10, 15],
  ds: [100, 200, 300, 400],
  centre: (N, k) => topKFiniteDimension(N, k, 0.5),
  near: 16,
  far: 4,
  measured: { 0.5: [5, 15], 0.99: [5, 15] },
  overlays: [
    { role: 'law', name: 'law, of d50', ink: 'teal', dimension: (N, k) => topKFiniteDimension(N, k, 0.5) },
  ],
}
const { rates, dimensions } = mapsWork([map])
const small = sampledFigure({ id: 'small', title: 'A < small > one' }, rates, dimensions, (results) => ({
  caption: 'Success & failure.',
  columns: 1,
  panels: [mapPanel(map, 'top-k', results)],
}))

describe('a figure of known rates', async () => {
  const figure = (await small.make(context()))!
  const [{ layers }] = figure.panels
  const heat = layers[0] as HeatMap
  const [d99, d50] = layers.slice(1, 3) as Curve[]

  test('each cell’s interval holds its rate, and the trials are where they are needed', () => {
    heat.x.forEach((k, i) => {
      const middle = topKFiniteDimension(4096, k, 0.5)
      heat.y.forEach((d, j) => {
        const [low, high] = heat.intervals[i][j]
        const { success } = topKFinite(4096, k, d)
        expect(low).toBeLessThanOrEqual(success)
        expect(high).toBeGreaterThanOrEqual(success)
        expect(heat.values[i][j]).toBeCloseTo(success, 0)
        expect(heat.trials[i][j]).toBe(Math.abs(Math.log2(d / middle)) < 1 ? 16 : 4)
      })
    })
  })

  test('so do the measured dimensions', () => {
    for (const [curve, p] of [
      [d50, 0.5],
      [d99, 0.01],
    ] as const) {
      expect(curve.points.map(({ x }) => x)).toEqual([5, 15])
      for (const { x, interval } of curve.points) {
        expect(interval![0]).toBeLessThan(topKFiniteDimension(4096, x, p))
        expect(interval![1]).toBeGreaterThan(topKFiniteDimension(4096, x, p))
      }
    }
  })

  test('shards of the work, run into one record, make the same figure', async () => {
    const record = openRecord()
    for (const shard of ['1/2', '2/2'].map(parseShard)) {
      expect(await small.make(context({ record, shard }))).toBeUndefined()
    }
    const nothingNew = async (decoder: string): Promise<Sampler> => ({
      ...(await open(decoder)),
      run: () => Promise.reject(new Error('run again')),
    })
    expect(await small.make(context({ record, open: nothingNew }))).toEqual(figure)
  })

  test('drawn: one accessible SVG, the same each time, of finite numbers', () => {
    const svg = figureSvg(figure)
    expect(figureSvg(figure)).toBe(svg)
    expect(svg).not.toMatch(/NaN|Infinity|undefined/)
    const { document } = parseHTML(svg)
    const root = document.querySelector('svg')!
    expect(root.getAttribute('role')).toBe('img')
    expect(root.querySelector('title')!.textContent).toBe('A < small > one')
    expect(root.querySelector('desc')!.textContent).toBe('Success & failure.')
    const texts = [...root.querySelectorAll('text')].map(({ textContent }) => textContent)
    for (const text of ['top-k, N = 2¹²', 'k', 'd', 'measured d50', 'law, of d50'])
      expect(texts).toContain(text)
  })

  test('written: SVG, CSV with a line a number, and JSON that reads back', () => {
    const paths = writeFigure(figure, files.path('new/folder'))
    expect(paths.map((path) => path.split('/').at(-1))).toEqual([
      'figure-small.svg',
      'figure-small.csv',
      'figure-small.json',
    ])
    expect(JSON.parse(readFileSync(paths[2], 'utf8'))).toEqual(figure)
    const lines = readFileSync(paths[1], 'utf8').trimEnd().split('\n')
    const points = layers.map((layer) => (layer.kind === 'heat' ? 12 : layer.points.length))
    expect(lines).toHaveLength(1 + points.reduce((a, b) => a + b))
    expect(lines[1]).toBe(
      `"top-k, N = 2¹²","measured success rate, 0 to 1",5,100,${heat.values[0][0]},${heat.intervals[0][0]},16`,
    )
    expect(lines.at(-1)).toMatch(/^"top-k, N = 2¹²","law, of d50",17,,[\d.]+,,,$/)
  })
})

test('a log2 axis has powers of 2 as ticks, labels stand apart, and a curve ends at its panel’s border', () => {
  const curve = (name: string, y: number): Curve => ({
    kind: 'curve',
    role: 'measured',
    name,
    label: name,
    ink: 'blue',
    points: [
      { x: 256, y },
      { x: 2 ** 16, y: 2 * y },
      { x: 2 ** 20, y: 40 },
    ],
  })
  const figure: Figure = {
    id: 'log',
    title: '',
    caption: '',
    command: '',
    seed: '',
    columns: 1,
    panels: [
      {
        title: '',
        x: { label: 'N', scale: 'log2', domain: [256, 2 ** 20] },
        y: { label: 'd', scale: 'linear', domain: [0, 10] },
        layers: [curve('one', 1), curve('two', 1.01)],
      },
    ],
  }
  const { document } = parseHTML(figureSvg(figure))
  const texts = [...document.querySelectorAll('text')]
  expect(texts.map(({ textContent }) => textContent)).toEqual(expect.arrayContaining(['2⁸', '2¹⁶', '2²⁰']))
  const [one, two] = ['one', 'two'].map((label) =>
    Number(texts.find(({ textContent }) => textContent === label)!.getAttribute('y')),
  )
  expect(one - two).toBeCloseTo(13, 6)
  const path = document.querySelector('g[aria-label="line"] path')!.getAttribute('d')!
  const heights = path.match(/[\d.]+,[\d.]+/g)!.map((pair) => Number(pair.split(',')[1]))
  expect(Math.min(...heights)).toBe(26)
  expect(figureCsv(figure).split('\n')).toHaveLength(8)
})

test('ids of the figures are distinct', () => {
  expect(new Set(figures.map(({ id }) => id)).size).toBe(figures.length)
})
