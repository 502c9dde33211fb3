import { mkdirSync, writeFileSync } from 'node:fs'
import { documents, jsonSchema } from './documents.js'

// The schemas of the package, `dims-per-bit/schema/plan.json` and so on: a step of the build.

const folder = new URL('../../schema/', import.meta.url)
mkdirSync(folder, { recursive: true })
for (const command of Object.keys(documents) as (keyof typeof documents)[]) {
  writeFileSync(new URL(`${command}.json`, folder), `${JSON.stringify(jsonSchema(command))}\n`)
}
