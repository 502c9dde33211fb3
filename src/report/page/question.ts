import { FAILURE } from '../../bounds/parameters.js'
import { parseActivity } from '../../codes/model/activity.js'
import { parseAmplitudes } from '../../codes/model/amplitudes.js'
import { IDEAL, type ModelDescription } from '../../codes/model/description.js'
import { integerFromText } from '../../io/parse-integer.js'
import { quoted } from '../../io/text/shell.js'

/** What the reader wrote, field by field. */
export type Question = Readonly<Record<FieldName, string>>

export type FieldName = (typeof fields)[number]['name']

/** The planner's fields, as the options of `dpb plan`; `usual` may be left out of an address and of a call. */
export const fields = [
  { name: 'N', meaning: 'codewords', usual: '2^20', choices: [] },
  { name: 'k', meaning: 'active ones', usual: '28', choices: [] },
  { name: 'p', meaning: 'failure', usual: String(FAILURE), choices: [] },
  { name: 'd', meaning: 'dimensions, optional', usual: '', choices: [] },
  { name: 'noise', meaning: 'η, unexplained share', usual: String(IDEAL.noise), choices: ['10%', '20%'] },
  {
    name: 'amplitudes',
    meaning: 'of the active',
    usual: IDEAL.amplitudes,
    choices: [IDEAL.amplitudes, 'half-normal', 'exponential', 'lognormal:0.5', 'uniform:0.5'],
  },
  { name: 'active', meaning: 'which', usual: IDEAL.active, choices: [IDEAL.active, 'bernoulli', 'zipf:1'] },
] as const

/** What is asked, read and checked. */
export interface Asked {
  readonly N: number
  readonly k: number
  readonly p: number
  readonly d?: number
  readonly model: ModelDescription
}

/** The question's values. Throws an error whose message names the field and says what would be right. */
export function read(question: Question): Asked {
  return {
    N: integer('N', question, 1),
    k: integer('k', question, 0),
    p: share('p', question, (p) => p > 0 && p < 1, 'above 0 and below 1, as 0.01 or 1%'),
    ...(question.d !== '' && { d: integer('d', question, 1) }),
    model: {
      ...IDEAL,
      noise: share('noise', question, (noise) => noise >= 0 && noise < 1, 'from 0 to below 1, as 0.1 or 10%'),
      amplitudes: parseAmplitudes(question.amplitudes).text,
      active: parseActivity(question.active).text,
    },
  }
}

function integer(name: FieldName, question: Question, least: number): number {
  // As people and spreadsheets write it: 131,072.
  const plain = question[name].replace(/,(?=\d{3}(?!\d))/g, '')
  const value = integerFromText(plain)
  if (value >= least) return value
  throw new RangeError(
    `${name} must be an integer of ${least} or more, like 1048576, 1,048,576 or 2^20, not '${question[name]}'`,
  )
}

function share(
  name: FieldName,
  question: Question,
  accepts: (value: number) => boolean,
  right: string,
): number {
  const [, number, percent] = /^(.+?)\s*(%?)$/.exec(question[name]) ?? []
  const value = number === undefined ? Number.NaN : Number(number) / (percent ? 100 : 1)
  if (accepts(value)) return value
  throw new RangeError(`${name} must be a share ${right}, not '${question[name]}'`)
}

/** The call of the terminal that gives the same numbers. */
export function commandOf({ N, k, p, d, model }: Asked, question: Question): string {
  const parts = [`npx dpb plan -N ${inCall(question.N, N)} -k ${inCall(question.k, k)} --p ${p}`]
  if (d !== undefined) parts.push(`-d ${inCall(question.d, d)}`)
  if (model.noise !== IDEAL.noise) parts.push(`--noise ${model.noise}`)
  for (const name of ['amplitudes', 'active'] as const) {
    if (model[name] !== IDEAL[name]) parts.push(`--${name} ${quoted(model[name])}`)
  }
  return parts.join(' ')
}

/** As the reader wrote it where the terminal reads it too. */
const inCall = (text: string, value: number): string =>
  integerFromText(text) === value ? text : String(value)

const ADDRESS = '#planner?'

/** The part of an address that asks this. */
export function addressOf(question: Question): string {
  const asked = fields.filter(({ name, usual }) => question[name] !== usual)
  return ADDRESS + new URLSearchParams(asked.map(({ name }) => [name, question[name]])).toString()
}

/** What an address asks; undefined where it asks nothing. */
export function questionOf(hash: string): Question | undefined {
  if (!hash.startsWith(ADDRESS)) return undefined
  const given = new URLSearchParams(hash.slice(ADDRESS.length))
  return questionWith((name) => given.get(name))
}

/** A question of these values, the usual ones where there are none. */
export const questionWith = (value: (name: FieldName) => string | null | undefined): Question =>
  Object.fromEntries(fields.map(({ name, usual }) => [name, (value(name) ?? usual).trim()])) as Question
