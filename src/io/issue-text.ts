import type { z } from 'zod'
import { shown } from './arguments.js'
import { exactText } from './quantity-text.js'

type Issue = z.core.$ZodIssue

/** What a schema asks of a type, in words. */
const types: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  nan: 'a number',
  string: 'a string',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
}

/** How the library's own messages begin. */
const LIBRARY = /^(Invalid|Too|Unrecognized)/

/**
 * The first field of this JSON that is wrong, what it is, and what would be right: `cells.0.cap: must be at least 1,
 * not 0`.
 */
export function issueText({ issues: [issue] }: z.ZodError, json: unknown): string {
  const field = issue.path.length > 0 ? `${issue.path.map(String).join('.')}: ` : ''
  // A schema's own words.
  if (!LIBRARY.test(issue.message)) return field + issue.message
  if (issue.code === 'unrecognized_keys') {
    return `${field}there is no field ${issue.keys.map((key) => shown(key).replace('the string ', '')).join(', ')}`
  }
  const value = valueAt(json, issue.path)
  return value === undefined
    ? `${field}is missing; it must be ${right(issue)}`
    : `${field}must be ${right(issue)}, not ${lengthText(issue, value) ?? shown(value)}`
}

function right(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return types[issue.expected] ?? issue.expected
    case 'invalid_value':
      return issue.values
        .map((value) => (typeof value === 'string' ? `'${value}'` : String(value)))
        .join(' or ')
    case 'too_small':
      return bound(issue.origin, issue.inclusive ? 'at least' : 'more than', Number(issue.minimum))
    case 'too_big':
      return bound(issue.origin, issue.inclusive ? 'at most' : 'less than', Number(issue.maximum))
    case 'invalid_format':
      return issue.pattern === undefined ? issue.format : `text like ${issue.pattern}`
    default:
      return 'something else'
  }
}

const entries: Readonly<Record<string, string>> = { array: 'entries', string: 'characters' }

function bound(origin: string, how: string, limit: number): string {
  const counted = entries[origin]
  return counted === undefined ? `${how} ${exactText(limit)}` : `of ${how} ${limit} ${counted}`
}

function lengthText(issue: Issue, value: unknown): string | undefined {
  const sized = issue.code === 'too_small' || issue.code === 'too_big'
  const counted = sized ? entries[issue.origin] : undefined
  return counted === undefined ? undefined : `of ${(value as { length: number }).length}`
}

const valueAt = (json: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce((value, key) => Object(value)[key], json)
