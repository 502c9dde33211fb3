import { visibleJson } from './visible.js'

/** A value as the JSON in a script element of HTML, which nothing in it can end. */
export const scriptJson = (value: unknown): string =>
  visibleJson(JSON.stringify(value)).replaceAll('<', '\\u003c')
