import { expect, test } from 'vitest'
import * as arbitraries from './arbitraries/index.js'
import * as figures from './figures/index.js'
import * as library from './index.js'
import { InputError } from './io/input-error.js'
import { made, numberless, right } from './testing/right-arguments.js'

type Call = (...args: readonly unknown[]) => unknown
const functions = new Map(
  Object.entries({ ...library, ...arbitraries, ...figures }).filter(
    ([, value]) => typeof value === 'function',
  ),
) as Map<string, Call>

test('every public function is held here, or takes no number', () => {
  expect([...functions.keys()].toSorted()).toEqual([...Object.keys(right), ...numberless].toSorted())
})

/** A number somewhere in a list of arguments. */
interface Place {
  /** Of the argument or of the option. */
  readonly name: string
  readonly spoilt: (wrong: number) => unknown
}

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' &&
  value !== null &&
  [Object.prototype, Array.prototype, Float64Array.prototype].includes(Object.getPrototypeOf(value) as object)

/** Of a list of numbers the first alone. */
function numbersIn(value: unknown, name: string): Place[] {
  if (typeof value === 'number') return [{ name, spoilt: (wrong) => wrong }]
  if (!isPlain(value) || made.includes(value)) return []
  const isList = Array.isArray(value) || value instanceof Float64Array
  const entries = Object.entries(value) as [string, unknown][]
  return (isList ? entries.slice(0, 1) : entries).flatMap(([key, entry]) =>
    numbersIn(entry, isList ? name : key).map((place) => ({
      ...place,
      spoilt: (wrong: number) => {
        const copy: unknown = isList ? value.slice() : { ...value }
        Object.assign(copy as object, { [key]: place.spoilt(wrong) })
        return copy
      },
    })),
  )
}

/** The numbers among arguments; a function's text says what they are called. */
function placesIn(call: unknown, args: readonly unknown[]): Place[] {
  const [, list = ''] = /\(([^)]*)\)/.exec(String(call).replace(/^class[\s\S]*?constructor/, '')) ?? []
  const names = list.split(',').map((parameter) => parameter.replace('...', '').trim().split(' ')[0])
  return args.flatMap((arg, at) =>
    numbersIn(arg, names[at] ?? '').map((place) => ({
      ...place,
      spoilt: (wrong: number) => args.with(at, place.spoilt(wrong)),
    })),
  )
}

/** Numbers that are wrong, but for those that are right in an argument of this name. */
const wrong = [Number.NaN, Infinity, -Infinity, -1]
const anyLimit = [Infinity]
const anyReal = [-1]
const anyOdds = [Infinity, -Infinity, -1]
const fine: Readonly<Record<string, readonly number[]>> = {
  limit: anyLimit,
  tolerance: anyLimit,
  keep: anyLimit,
  mu: anyLimit,
  lambda: anyReal,
  r: anyReal,
  t: anyReal,
  tau: anyReal,
  step: anyReal,
  bias: anyReal,
  jump: anyReal,
  weights: anyReal,
  rows: anyReal,
  entries: anyReal,
  code: anyReal,
  codes: anyReal,
  key: anyReal,
  labels: anyReal,
  L: anyOdds,
  logPriorOdds: anyOdds,
}

/** What a call throws: a model is data that files hold too, so of its noise an InputError, else a RangeError. */
async function refusalOf(call: () => unknown, place: string): Promise<string> {
  try {
    await call()
  } catch (error) {
    expect((error as Error).constructor).toBe(place === 'noise' ? InputError : RangeError)
    return (error as Error).message
  }
  return 'taken'
}

test.each(Object.entries(right))(
  '%s refuses NaN, what is infinite, and what is negative',
  async (name, args) => {
    const given = functions.get(name)!
    const call = (spoilt: readonly unknown[]) =>
      String(given).startsWith('class') ? Reflect.construct(given, spoilt) : given(...spoilt)
    expect(args.length).toBeGreaterThanOrEqual(given.length)
    const places = placesIn(given, args)
    expect(places.length).toBeGreaterThan(0)
    expect(await refusalOf(() => call(args), '')).toBe('taken')
    for (const { name: place, spoilt } of places) {
      for (const number of wrong.filter((one) => !fine[place]?.includes(one))) {
        const said = await refusalOf(() => call(spoilt(number) as readonly unknown[]), place)
        expect(said, `${place}: ${number}`).toMatch(new RegExp(`\\b(${place}|entry|coordinate|d = |d must)`))
      }
    }
  },
)
