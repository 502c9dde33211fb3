/*!
 * @module-tag slow
 */

import { mkdirSync, writeFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { beforeAll, expect, test } from 'vitest'
import { drawTrial } from '../codes/trial.js'
import { npy } from '../io/npz.js'
import { documents, jsonSchema } from '../results/documents.js'
import { callCli } from '../testing/call-cli.js'
import { verification } from '../testing/report-fixture.js'
import { tempFolder } from '../testing/temp-folder.js'
import { program } from './program.js'

const files = tempFolder()
const mine = files.path('mine/decoder.mjs')
const vectors = files.path('vectors.npy')
const out = files.path('out')
const cell = ['-N', '64', '-k', '4']
beforeAll(() => {
  const values = Float32Array.from({ length: 400 }, (_, i) => Math.sin(i * i + i))
  writeFileSync(vectors, npy({ shape: [40, 10], values }))
  const name = { N: 64, k: 2, d: 20, seed: 's', trial: 5 }
  const { subset } = drawTrial(name, name.seed, name.trial)
  const failed = { case: 'dims-per-bit', version: 1, decoder: 'top-k', ...name, subset, answer: [3, 8] }
  files.write('case.json', JSON.stringify(failed))
  mkdirSync(files.path('stored'))
  files.write('stored/verify.json', JSON.stringify(verification))
})

/** A call of each command, in an order in which each finds what it needs. */
const calls: readonly (readonly string[])[] = [
  ['plan', '-N', '4096', '-k', '16'],
  ['plan', '-N', '4096', '-k', '16', '-d', '300'],
  ['plan', '-N', '4096', '-k', '16', '-d', '300', '--noise', '0.1'],
  ['success', 'top-k', ...cell, '-d', '40', '--trials', '40', '--record', files.path('a.jsonl')],
  ['success', 'top-k', ...cell, '-d', '40', '--noise', '0.1', '--trials', '40', '--scores'],
  ['measure', 'top-k', ...cell, '--precision', '0.1', '--method', 'conditional'],
  ['check', 'top-k', '--properties', 'valid-answer,incoherent', '--seconds', '1'],
  ['init', 'js', files.path('mine')],
  ['baseline', mine, ...cell, '--only-own', '--tolerance', '0.3', '--workers', '1'],
  ['gate', mine, '--workers', '1'],
  ['audit', vectors, '--orientation', 'rows', '-k', '2', '--trials', '20', '--threads', '1'],
  [
    'capacity',
    vectors,
    '--orientation',
    'rows',
    '--decoders',
    'top-k',
    '--trials',
    '100',
    '--targets',
    '0.5',
  ],
  ['decoders'],
  ['verify', '--claims', 'decision-boundary'],
  ['merge', files.path('a.jsonl'), '--out', files.path('b.jsonl')],
  ['replay', files.path('case.json')],
  ['figure', 'visible', '--out', out],
  ['table', '--shard', '1/2000', '--record', files.path('table.jsonl'), '--out', out],
  [
    'leaderboard',
    '--sizes',
    '64',
    '--sparsities',
    '3',
    '--decoders',
    'top-k',
    '--budget',
    '1',
    '--even-only',
  ].concat('--out', out),
  ['report', '--from', files.path('stored')],
  ['bench', 'memory'],
  ['sensitivity', 'top-k', '--faults', 'drops-1', '--tolerance', '0.3'],
]

test('every command with --json has a schema, and a call here', async () => {
  const { commands } = await program()
  const told = commands.filter(({ options }) => options.some(({ long }) => long === '--json'))
  const names = told.map((command) => command.name()).toSorted()
  expect(Object.keys(documents).toSorted()).toEqual(names)
  expect([...new Set(calls.map(([command]) => command))].toSorted()).toEqual(names)
})

test.each(calls)('dpb %s: its document keeps its schema, which has all of its fields', async (...call) => {
  const command = call[0] as keyof typeof documents
  const { stdout, stderr } = await callCli(...call, '--json')
  const document = JSON.parse(stdout || '{}')
  const schema = jsonSchema(command) as { properties: object }
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  expect(ajv.validate(schema, document), `${ajv.errorsText()}\n${stderr}`).toBe(true)
  expect(Object.keys(schema.properties)).toEqual(expect.arrayContaining(Object.keys(document)))
})

test('a document that lacks a field, or has one of another type, is refused', () => {
  const keeps = new Ajv2020({ strict: false }).compile(jsonSchema('merge'))
  const documents = [{ records: ['a'], out: 'b' }, { records: ['a'], out: 7 }, { out: 'b' }]
  expect(documents.map((document) => keeps(document))).toEqual([true, false, false])
})
