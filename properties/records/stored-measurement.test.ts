import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checked } from '../../src/io/read-json.js'
import { basisPursuitRecord } from './basis-pursuit.js'
import { darkMatterRecord } from './dark-matter.js'
import { autoencoderRecord, boardsRecord, firstLayerRecord, gloveRecord } from './examples.js'
import { iterativeRecord } from './iterative-decoders.js'
import { pursuitRecord } from './matching-pursuit.js'
import { oneStepRecord } from './one-step.js'
import { variantRecord } from './pursuit-variants.js'
import { recordUrl, type StoredResult, stored, storedSchema } from './stored-measurement.js'

type Json = ReturnType<typeof JSON.parse>

const records: readonly StoredResult<unknown>[] = [
  basisPursuitRecord,
  darkMatterRecord,
  iterativeRecord,
  pursuitRecord,
  oneStepRecord,
  variantRecord,
  gloveRecord,
  firstLayerRecord,
  boardsRecord,
  autoencoderRecord,
]

/** Every field of a document, of a list the first entry. */
function* fields(json: Json, path: readonly string[] = []): Generator<readonly string[]> {
  if (path.length > 0) yield path
  if (typeof json !== 'object' || json === null) return
  for (const [key, value] of Object.entries(json)) {
    if (!(Array.isArray(json) && key !== '0')) yield* fields(value, [...path, key])
  }
}

test.each(records.map((record) => [record.name, record] as const))(
  '%s: every field is checked',
  (name, record) => {
    expect(stored(record).data).toBeDefined()
    const content = JSON.parse(readFileSync(recordUrl(name), 'utf8'))
    const schema = storedSchema(record)
    for (const path of fields(content)) {
      const [field, parent] = [path.at(-1)!, path.slice(0, -1).reduce((json, key) => json[key], content)]
      const right = parent[field]
      for (const value of [undefined, 'x', -1, null, []]) {
        if (field === 'seed' && path[0] === 'data' && value === 'x') continue
        parent[field] = value
        expect(() => checked(schema, content, 'it'), `${path.join('.')} = ${value}`).toThrow(
          /^it is malformed: [^\n]+$/,
        )
      }
      parent[field] = right
    }
    const more = structuredClone(content)
    const list = Array.isArray(more.data) ? more.data : (more.data.cells ?? more.data.even ?? more.data.rows)
    list.push(list[0])
    expect(() => checked(schema, more, 'it')).toThrow(/malformed: data.*expected \d+ entries/)
  },
)
