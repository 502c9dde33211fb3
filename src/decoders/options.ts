import { requireObject, shown } from '../io/arguments.js'

/** What the value of an option may be. */
export interface OptionRule<Value> {
  /** What is right, to follow "must be". */
  readonly right: string
  /** Typed by what it lets through, so that no rule is given to an option of another type. */
  readonly accepts: (value: unknown) => value is Value
}

const numberRule = (right: string, holds: (value: number) => boolean): OptionRule<number> => ({
  right,
  accepts: (value): value is number => typeof value === 'number' && holds(value),
})

/** An integer of at least 1: a number of iterations, say. */
export const countRule = numberRule('an integer of at least 1', (n) => Number.isSafeInteger(n) && n >= 1)
export const positiveRule = numberRule('a positive number', (x) => x > 0 && x < Infinity)
export const fractionRule = numberRule('a number above 0 and at most 1', (x) => x > 0 && x <= 1)
export const finiteRule = numberRule('a finite number', Number.isFinite)
export const atLeastRule = (least: number) => numberRule(`a number of at least ${least}`, (x) => x >= least)
export const flagRule: OptionRule<boolean> = {
  right: 'true or false',
  accepts: (value) => typeof value === 'boolean',
}

/** One of these names. */
export const nameRule = <Name extends string>(...names: readonly Name[]): OptionRule<Name> => ({
  right: names.map((name) => `'${name}'`).join(' or '),
  accepts: (value): value is Name => names.some((name) => name === value),
})

/** A rule for each option; each may also be left out. */
export type OptionRules<Options> = {
  readonly [Name in keyof Options]-?: OptionRule<NonNullable<Options[Name]>>
}

/** The value where the rule accepts it. Throws RangeError with what it must be, otherwise. */
export function checkOption<Value>(
  where: string,
  name: string,
  value: Value,
  rule: OptionRule<Value>,
): Value {
  if (rule.accepts(value)) return value
  throw new RangeError(`${where}: ${name} must be ${rule.right}, not ${shown(value)}`)
}

/**
 * The options where all of them are known, and each is undefined or accepted by its rule. Throws RangeError
 * otherwise.
 */
export function checkOptions<Options extends object>(
  where: string,
  options: Options,
  rules: OptionRules<Options>,
): Options {
  requireObject(`${where}: options`, options)
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(rules, name)) {
      throw new RangeError(`${where} has no option '${name}', only ${Object.keys(rules).join(', ')}`)
    }
    if (value !== undefined) checkOption(where, name, value, rules[name as keyof Options])
  }
  return options
}
