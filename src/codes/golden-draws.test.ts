import { expect, test } from 'vitest'
import { stream } from '../random/stream.js'
import { codewordFamilies, drawCodewords, fitDimension } from './ensembles/ensembles.js'
import { IDEAL } from './model/description.js'
import { modelOf } from './model/general.js'
import { familyModel, type Model, type Shape } from './model.js'
import { rademacherArena } from './rademacher.js'
import { builtTrial } from './trial.js'

/** To five digits: the last bits of logarithms are the machine's. */
const digits = (numbers: Iterable<number>) => Array.from(numbers, (x) => Number(x.toFixed(5)))

const drawn = (model: Model, shape: Shape) => {
  const { problem, subset } = builtTrial(model.draw(shape, 'golden', 2), rademacherArena())
  return { subset, code: digits(problem.code.subarray(0, 4)), random: digits([problem.random()])[0] }
}

test.each([
  [
    {},
    {
      subset: [11, 22, 26, 34, 36],
      code: [-0.86603, 0.28868, -0.86603, -0.28868],
      random: 0.44043,
    },
  ],
  [
    { noise: 0.2 },
    {
      subset: [11, 22, 26, 34, 36],
      code: [-0.84188, 0.27908, -1.66653, -0.02664],
      random: 0.44043,
    },
  ],
  [
    { amplitudes: 'half-normal' },
    {
      subset: [11, 22, 26, 34, 36],
      code: [-1.39301, -0.31772, -1.39301, -0.52749],
      random: 0.44043,
    },
  ],
  [
    { amplitudes: 'exponential' },
    {
      subset: [11, 22, 26, 34, 36],
      code: [-1.38961, -0.40711, -1.38961, -0.5249],
      random: 0.44043,
    },
  ],
  [
    { amplitudes: 'lognormal:0.5', noise: 0.1 },
    {
      subset: [11, 22, 26, 34, 36],
      code: [-1.24498, -0.14071, -1.79475, -0.29173],
      random: 0.44043,
    },
  ],
  [
    { amplitudes: 'uniform:0.7' },
    {
      subset: [11, 22, 26, 34, 36],
      code: [-1.2199, -0.06201, -1.2199, -0.45336],
      random: 0.44043,
    },
  ],
  [
    { active: 'bernoulli' },
    {
      subset: [5, 7, 22, 28, 29, 34, 38],
      code: [0.28868, -0.28868, 0.28868, -0.86603],
      random: 0.44043,
    },
  ],
  [{ active: 'zipf:1' }, { subset: [3, 6], code: [0, 0, 0.57735, 0], random: 0.44043 }],
  [
    { active: 'zipf:0.5', noise: 0.3 },
    {
      subset: [4, 7, 23, 30],
      code: [-0.54574, -0.01256, -1.04811, -0.23427],
      random: 0.44043,
    },
  ],
  [
    { dictionary: 'sphere' },
    {
      subset: [11, 22, 26, 34, 36],
      code: [0.70709, 0.21379, -0.28625, -0.27226],
      random: 0.44043,
    },
  ],
  [
    { dictionary: 'coupled:2/3/4' },
    { subset: [11, 22, 26, 34, 36], code: [-0.40825, 0.40825, -0.40825, 0], random: 0.44043 },
  ],
  [
    { dictionary: 'coupled:2/3/4', noise: 0.1, amplitudes: 'exponential' },
    {
      subset: [11, 22, 26, 34, 36],
      code: [-0.60161, 0.61131, -1.15138, -0.33228],
      random: 0.44043,
    },
  ],
] as const)('a seed draws the same trial on every machine: %j', (model, golden) => {
  expect(drawn(modelOf({ ...IDEAL, ...model }), { N: 40, k: 5, d: 12 })).toEqual(golden)
})

test('a seed draws the same codewords of every family, and the same trial over them', () => {
  const found = codewordFamilies.map((family) => {
    const d = fitDimension(family, 5, 9)
    const codeword = drawCodewords(family, 5, d, stream('golden', family)).codeword(3)
    return {
      family,
      codeword: digits(codeword.subarray(0, 4)),
      ...drawn(familyModel(family), { N: 5, k: 2, d }),
    }
  })
  expect(found).toEqual([
    {
      family: 'rademacher',
      codeword: [-0.33333, 0.33333, 0.33333, -0.33333],
      subset: [0, 1],
      code: [0, 0, -0.66667, 0],
      random: 0.54929,
    },
    {
      family: 'repeated',
      codeword: [0.33333, 0.33333, -0.33333, 0.33333],
      subset: [0, 4],
      code: [0.66667, 0, -0.66667, 0.66667],
      random: 0.1195,
    },
    {
      family: 'gaussian',
      codeword: [-0.55103, 0.35972, 0.04367, -0.00459],
      subset: [1, 3],
      code: [-0.33446, -0.23614, 0.50229, 0.58318],
      random: 0.84784,
    },
    {
      family: 'hadamard',
      codeword: [-0.25, 0.25, 0.25, -0.25],
      subset: [0, 2],
      code: [0.5, 0, -0.5, 0],
      random: 0.42458,
    },
    { family: 'axes', codeword: [0, 0, 0, 0], subset: [0, 2], code: [0, 0, 1, 0], random: 0.35176 },
    {
      family: 'orthonormal',
      codeword: [0.40694, -0.00916, -0.02822, -0.71406],
      subset: [1, 4],
      code: [-0.65651, 0.56024, -0.93921, -0.12639],
      random: 0.95123,
    },
    {
      family: 'coupled',
      codeword: [0, 0, 0, 0],
      subset: [0, 4],
      code: [-0.5, -0.5, -0.5, -0.5],
      random: 0.8284,
    },
  ])
})
