import { z } from 'zod'
import { count, interval, oneOf, positiveCount, share, unit } from '../io/fields.js'
import type { Curve, Figure, HeatMap, Ink, Panel } from './figure.js'

const axis = z
  .looseObject({
    label: z.string(),
    scale: z.enum(['linear', 'log2']),
    domain: interval.refine(([low, high]) => low < high, 'expected the lower end first'),
  })
  .refine(({ scale, domain }) => scale === 'linear' || domain[0] > 0, {
    path: ['domain'],
    message: 'expected positive ends on a log2 axis',
  })

/** Whether a grid has a row for each x and a value for each y. */
const isGrid = (rows: readonly (readonly unknown[])[], { x, y }: Pick<HeatMap, 'x' | 'y'>): boolean =>
  rows.length === x.length && rows.every((row) => row.length === y.length)

const heatMap = z
  .looseObject({
    kind: z.literal('heat'),
    name: z.string(),
    x: z.array(z.number()).min(1),
    y: z.array(z.number()).min(1),
    values: z.array(z.array(unit)),
    intervals: z.array(z.array(interval)),
    trials: z.array(z.array(count)),
  })
  .superRefine((map, context) => {
    for (const field of ['values', 'intervals', 'trials'] as const) {
      if (!isGrid(map[field], map)) {
        context.addIssue({ code: 'custom', path: [field], message: 'expected one entry for each x and y' })
      }
    }
  }) satisfies z.ZodType<HeatMap>

const ink = oneOf<Ink>({
  ink: true,
  brick: true,
  ochre: true,
  teal: true,
  violet: true,
  blue: true,
  rose: true,
  cyan: true,
  grey: true,
})

const curve = z.looseObject({
  kind: z.literal('curve'),
  name: z.string(),
  role: oneOf<Curve['role']>({ measured: true, rule: true, law: true, bound: true }),
  ink,
  dash: z.enum(['dashed', 'dotted']).exactOptional(),
  label: z.string().exactOptional(),
  points: z.array(z.looseObject({ x: z.number(), y: z.number(), interval: interval.exactOptional() })),
}) satisfies z.ZodType<Curve>

const panel = z.looseObject({
  title: z.string(),
  x: axis,
  y: axis,
  layers: z.array(z.discriminatedUnion('kind', [heatMap, curve])),
}) satisfies z.ZodType<Panel>

/** A figure as `dpb figure` stores it. */
export const figureSchema: z.ZodType<Figure> = z.looseObject({
  id: z.string().regex(/^[\w-]+$/, 'expected letters and digits'),
  title: z.string(),
  caption: z.string(),
  command: z.string(),
  seed: z.string(),
  confidence: share.exactOptional(),
  columns: positiveCount,
  panels: z.array(panel).min(1),
})
