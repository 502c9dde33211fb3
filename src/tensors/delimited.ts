import { shown } from '../io/arguments.js'
import { readLines } from '../io/read-lines.js'
import { malformed, type OpenFile } from './open-file.js'
import type { Tensor } from './tensor.js'

/** Numbers handed out at a time. */
const PART = 2 ** 18

/**
 * A matrix as text: a row a line, all of one length, numbers between commas or tabs. A first line in which no field is
 * a number is taken for names of columns and passed over. Read twice, once to learn its shape. Throws InputError, with
 * the line, where it is not that.
 */
export function delimitedTensor(file: OpenFile): Tensor {
  const { path } = file
  const separator = path.endsWith('.tsv') ? '\t' : ','
  const { header, width, rows } = shapeOf(path, separator)
  return {
    name: undefined,
    dtype: 'text',
    shape: [rows, width],
    fortran: false,
    path,
    sha256: () => file.sha256(),
    values: () => numbers(path, separator, header, width),
  }
}

/** Lines of text, with their numbers from 1, blank ones at the end left out. */
function* linesOf(path: string): Generator<{ text: string; line: number }> {
  let line = 0
  let blank = 0
  for (const { text } of readLines(path, 'the dictionary')) {
    line++
    if (text.trim() === '') {
      blank = blank || line
      continue
    }
    if (blank > 0) throw malformed(path, `line ${blank} is blank`)
    yield { text, line }
  }
}

function shapeOf(path: string, separator: string) {
  let header = false
  let width = 0
  let rows = 0
  for (const { text, line } of linesOf(path)) {
    const fields = text.split(separator)
    if (line === 1) {
      width = fields.length
      header = fields.every((field) => Number.isNaN(Number(field)) && !/^\s*[-+]?(nan|inf)/i.test(field))
      if (header) continue
    }
    if (fields.length !== width) {
      throw malformed(path, `line ${line} has ${fields.length} fields, where those before it have ${width}`)
    }
    rows++
  }
  if (rows === 0) throw malformed(path, 'there are no rows of numbers in it')
  return { header, width, rows }
}

async function* numbers(
  path: string,
  separator: string,
  header: boolean,
  width: number,
): AsyncGenerator<Float32Array> {
  const out = new Float32Array(Math.max(PART, width))
  let held = 0
  for (const { text, line } of linesOf(path)) {
    if (line === 1 && header) continue
    if (held + width > out.length) {
      yield out.subarray(0, held)
      held = 0
    }
    for (const field of text.split(separator)) out[held++] = numberIn(field, path, line)
  }
  yield out.subarray(0, held)
}

function numberIn(field: string, path: string, line: number): number {
  const value = Number(field)
  // Number takes blanks for 0 and has its own hexadecimals; no other letter than e is in a decimal number.
  if (Number.isFinite(value) && !/[a-df-z]/i.test(field) && field.trim() !== '') return value
  throw malformed(path, `line ${line} has ${shown(field)} where a number is needed`)
}
