import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { register } from 'node:module'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import fc from 'fast-check'
import seedrandom from 'seedrandom'
import { chai } from 'vitest'

// Stryker's runner for vitest starts a thread and loads every module anew for each mutant, which takes longer than the
// tests do. This one loads them once into its own process: where a test file imports vitest it gets this module, which
// has as much of it as they use.
const hooks = `export const resolve = (name, context, next) =>
  name === 'vitest' ? { url: '${import.meta.url}', shortCircuit: true } : next(name, context)`
register(`data:text/javascript,${encodeURIComponent(hooks)}`)

export const { expect } = chai

/** Of a mutant that the sample left out: neither killed nor survived. */
const NOT_DRAWN = 'not drawn'

const tests = []
let prefix = ''
const each =
  (define) =>
  (cases) =>
  (name, ...rest) => {
    for (const [i, one] of cases.entries()) define(`${name} ${i}`, () => rest.at(-1)(...[one].flat()))
  }
const group = (name, body) => {
  const outer = prefix
  prefix += `${name} `
  body()
  prefix = outer
}
const single = (name, ...rest) => tests.push({ id: prefix + name, run: rest.at(-1) })
export const test = Object.assign(single, { each: each(single) })
export const afterAll = (clean) => process.on('exit', clean)
export const describe = Object.assign(group, { each: each(group) })

/** What Stryker's instrumentation reads and writes. */
globalThis.__stryker__ ??= {}
const state = globalThis.__stryker__

/**
 * Only the test files whose path below `src` this names, as MUTATION_TESTS='^(numerics|bounds)/': those of the changed
 * folders, and the rows of the ledger, unless given.
 */
const wanted = new RegExp(process.env.MUTATION_TESTS ?? '^(bounds|codes|decoders|numerics|testing)/')

/** Tests that took more processor seconds than this in the dry run are left out: MUTATION_SECONDS=1; none unless given. */
const longest = Number(process.env.MUTATION_SECONDS ?? Infinity)

/** The share of mutants that are run, MUTATION_SHARE=0.3, drawn by what they change: all unless given. */
const share = Number(process.env.MUTATION_SHARE ?? 1)

/** What other runs have had already: MUTATION_AFTER=0.3 draws none of the first three tenths. */
const after = Number(process.env.MUTATION_AFTER ?? 0)

const drawn = ({ fileName, location, replacement }) => {
  const place = seedrandom(JSON.stringify([relative('.', fileName), location, replacement]))()
  return place >= after && place < after + share
}

/** Processor milliseconds of each test in the dry run, which another process made: what is short runs first. */
const TIMES = 'dist/test-times.json'

/** The test files, once: the unit tests, and the rows of the ledger. */
async function load() {
  if (tests.length > 0) return
  // A mutant is dead at its first counterexample.
  fc.configureGlobal({ endOnFailure: true })
  const units = readdirSync('dist/src', { recursive: true })
    .filter((file) => /\.test\.js$/.test(file))
    .sort()
  for (const file of [...units, 'testing/exact-rows.js'].filter((name) => wanted.test(name))) {
    prefix = `src/${file.replace(/js$/, 'ts')}#`
    await import(pathToFileURL(join('dist/src', file)))
  }
  if (!existsSync(TIMES)) return
  const times = JSON.parse(readFileSync(TIMES, 'utf8'))
  const kept = tests.filter(({ id }) => times[id] <= 1000 * longest)
  tests.splice(0, tests.length, ...kept.sort((a, b) => times[a.id] - times[b.id]))
}

const processorMs = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** What a test threw; undefined where it passed. */
async function failure(run) {
  try {
    await run()
  } catch (error) {
    return String(error.message).slice(0, 200)
  }
}

/** Without the mutants that run while modules load and in tests as well: tests tell them without loading anew. */
function coverage({ static: loading, perTest }) {
  const tested = new Set(Object.values(perTest).flatMap(Object.keys))
  return { perTest, static: Object.fromEntries(Object.entries(loading).filter(([id]) => !tested.has(id))) }
}

async function dryRun() {
  await load()
  const results = []
  const times = {}
  for (const { id, run } of tests) {
    state.currentTestId = id
    const [start, busy] = [performance.now(), processorMs()]
    const failureMessage = await failure(run)
    const timeSpentMs = performance.now() - start
    times[id] = processorMs() - busy
    const status = failureMessage === undefined ? 0 : 1
    results.push({ id, name: id, fileName: id.split('#')[0], status, failureMessage, timeSpentMs })
  }
  state.currentTestId = undefined
  writeFileSync(TIMES, JSON.stringify(times))
  const left = Object.keys(times).filter((id) => times[id] > 1000 * longest)
  for (const id of left) delete state.mutantCoverage.perTest[id]
  const kept = results.filter(({ id }) => !left.includes(id))
  return { status: 'complete', tests: kept, mutantCoverage: coverage(state.mutantCoverage) }
}

async function mutantRun({ activeMutant, mutantActivation, testFilter, hitLimit }) {
  if (!drawn(activeMutant)) return { status: 'error', errorMessage: NOT_DRAWN }
  const { id: mutant } = activeMutant
  if (mutantActivation === 'static') state.activeMutant = mutant
  const broken = await failure(load)
  if (broken !== undefined) return { status: 'killed', killedBy: [], failureMessage: broken, nrOfTests: 0 }
  Object.assign(state, { activeMutant: mutant, hitCount: 0, hitLimit })
  const covering = tests.filter(({ id }) => testFilter?.includes(id) ?? true)
  let result = { status: 'survived', nrOfTests: covering.length }
  for (const [i, { id, run }] of covering.entries()) {
    const failureMessage = await failure(run)
    if (state.hitCount > hitLimit) result = { status: 'timeout', reason: `reached ${hitLimit} times` }
    else if (failureMessage !== undefined)
      result = { status: 'killed', killedBy: [id], failureMessage, nrOfTests: i + 1 }
    if (result.status !== 'survived') break
  }
  Object.assign(state, { activeMutant: undefined, hitLimit: undefined })
  return result
}

/** A mutant that runs only while modules load gets a process of its own: they load once. */
const capabilities = () => ({ reloadEnvironment: false })

export const strykerPlugins = [
  { kind: 'TestRunner', name: 'in-process', factory: () => ({ capabilities, dryRun, mutantRun }) },
]
