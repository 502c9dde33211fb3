import { coupledPlan } from '../../bounds/general/coupled-plan.js'
import { generalPlan } from '../../bounds/general/general-plan.js'
import { plan } from '../../bounds/plan.js'
import { IDEAL, type ModelDescription } from '../../codes/model/description.js'

/** Where the numbers of these plans are kept, from the folder of the package. */
export const recordedPath = 'src/testing/reference/recorded-plans.json'

/** The numbers of one plan by what they are of. */
export type Numbers = Readonly<Record<string, number | null>>

const numbersOf = (entries: Iterable<readonly [string, unknown]>): Numbers =>
  Object.fromEntries(
    Array.from(entries).flatMap(([name, value]) =>
      typeof value === 'number'
        ? [[name, Number(value.toPrecision(9))]]
        : value === null
          ? [[name, null]]
          : [],
    ),
  )

function* rowsOf({
  bounds,
}: {
  readonly bounds: readonly {
    readonly id: string
    readonly dimension: number | null
    readonly interval?: readonly [number, number]
  }[]
}): Generator<readonly [string, unknown]> {
  for (const { id, dimension, interval } of bounds) {
    yield [id, dimension]
    yield [`${id}, at most`, interval?.[1]]
  }
}

const ideal = (N: number, k: number, p: number) => () => numbersOf(rowsOf(plan({ N, k, p })))

const coupled = (dictionary: `coupled:${string}`, N: number, k: number) => () =>
  numbersOf(rowsOf(coupledPlan({ N, k, p: 0.01, model: { ...IDEAL, dictionary } })!))

/** The laws of a model, and what is read of d dimensions. */
const general = (model: Partial<ModelDescription>, d: number) => () => {
  const found = generalPlan({ N: 1024, k: 16, p: 0.01, model: { ...IDEAL, ...model } }, d)
  const { readers, ...reading } = found.reading!
  const read = readers.flatMap(({ decoder, ...numbers }) =>
    Object.entries(numbers).map(([name, value]) => [`${decoder}: ${name}`, value] as const),
  )
  return numbersOf([['H', found.entropyBits], ...rowsOf(found), ...read, ...Object.entries(reading)])
}

/** Plans at a few settings that between them go through every law. */
export const recordedPlans: Readonly<Record<string, () => Numbers>> = {
  'N = 2^20, k = 28': ideal(2 ** 20, 28, 0.01),
  'N = 2^12, k = 3, p = 0.2': ideal(2 ** 12, 3, 0.2),
  'N = 64, k = 20, p = 0.6': ideal(64, 20, 0.6),
  'N = 300, k = 299': ideal(300, 299, 0.1),
  'N = 2^16, k = 100': ideal(2 ** 16, 100, 0.001),
  'half-normal amplitudes, 10 % noise': general({ noise: 0.1, amplitudes: 'half-normal' }, 200),
  '20 % noise, zipf:1': general({ noise: 0.2, active: 'zipf:1' }, 150),
  'uniform amplitudes': general({ amplitudes: 'uniform:0.5' }, 200),
  'amplitudes 1': general({}, 100),
  'uniform amplitudes from 0, 20 % noise, on the sphere': general(
    { noise: 0.2, amplitudes: 'uniform:1', dictionary: 'sphere' },
    300,
  ),
  'coupled:2/2/3': coupled('coupled:2/2/3', 2 ** 10, 20),
}
