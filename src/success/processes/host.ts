import { AsyncLocalStorage } from 'node:async_hooks'
import { writeSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { dictionaryFrom } from '../../codes/description.js'
import type { Dictionary } from '../../codes/problem.js'
import { rademacherArena } from '../../codes/rademacher.js'
import type { Declared } from '../../decoders/decoder.js'
import { detailOf, firstLine } from '../../io/first-line.js'
import { streamAt } from '../../random/stream.js'
import { guaranteeOf, refusalOf } from '../trials/declared-calls.js'
import { guardedDecode } from '../trials/guarded-decode.js'
import { placeOf } from '../trials/thrown-at.js'
import { watchBuiltIns } from './built-ins.js'
import { type HostLine, type HostSetup, LINES, type Reply, type Request } from './host-protocol.js'
import { loadFrom } from './load-decoder.js'
import { watchModules } from './loaded-modules.js'

// A process with one decoder: it loads the decoder, says so, and answers what it is asked, in order. It knows
// dictionaries and codes, never subsets. Its lines are written at once, so that none is lost when the decoder ends the
// process.

// As they were before the decoder was loaded, which may replace them.
const { stringify } = JSON
const write = writeSync
const toBytes = Buffer.from
const writeLine = (text: string) => {
  const bytes = toBytes(`${text}\n`)
  for (let at = 0; at < bytes.length; ) at += write(LINES, bytes, at)
}
const say = (line: HostLine) => {
  const text = stringify(line)
  // With a toJSON on a prototype it is anything.
  if (!text?.startsWith(`{"kind":"${line.kind}"`)) throw new Error('no line')
  writeLine(text)
}
const replaced = watchBuiltIns()
/** Say of a decode that this process cannot say what came of it. */
const sayReplaced = () => {
  const what = replaced() ?? 'what its process runs on'
  const message = `"replaced ${what}: its process cannot tell its answer any more"`
  writeLine(`{"kind":"reply","reply":{"kind":"broken","violation":{"kind":"crash","message":${message}}}}`)
}
/** A reply, and where it lays something to the decoder what that may come of. */
const explained = (reply: Reply): Reply => {
  if (reply.kind !== 'decoded' || !('kind' in reply.answer)) return reply
  const what = replaced()
  if (what === undefined) return reply
  const { answer } = reply
  return { ...reply, answer: { ...answer, message: `${answer.message} (it has replaced ${what})` } }
}
const { source, transform }: HostSetup = JSON.parse(process.env.DIMS_PER_BIT_HOST!)
delete process.env.DIMS_PER_BIT_HOST
const modules = source.kind === 'file' ? watchModules() : () => []
const tellModules = () => {
  const paths = modules()
  if (paths.length > 0) say({ kind: 'modules', paths })
}

/** The number of the request that code belongs to, timers and promises of it included. */
const requests = new AsyncLocalStorage<number>()
let latest = 0
const late = (error: unknown) => {
  const message = `failed after its answer: ${firstLine(error)}${placeOf(error)}`
  say({ kind: 'late', request: requests.getStore() ?? latest, message, ...detailOf(error) })
}
process.on('uncaughtException', late)
process.on('unhandledRejection', late)

const arena = rademacherArena()
let current: { readonly id: number; readonly dictionary: Dictionary } | undefined

async function answer(decoder: Declared, request: Request): Promise<Reply> {
  if (request.kind === 'guarantee') {
    return { kind: 'guarantee', coherence: guaranteeOf(decoder, request.k) }
  }
  const { problem, watched, disturbance, mayRefuse } = request
  const { id, description } = problem.dictionary
  if (current?.id !== id && description) current = { id, dictionary: dictionaryFrom(description, arena) }
  const { dictionary } = current!
  const shape = { N: dictionary.size, k: problem.k, d: dictionary.dimension }
  const refusal = mayRefuse ? refusalOf(decoder, shape) : undefined
  if (typeof refusal === 'object') return { kind: 'broken', violation: refusal }
  if (refusal !== undefined) return { kind: 'refused', reason: refusal }
  const { code, k, random, model } = problem
  let uniform: (() => number) | undefined
  const draw = () => {
    uniform ??= streamAt(random).uniform
    return uniform()
  }
  const decoded = await guardedDecode(
    decoder,
    { dictionary, code, k, random: draw, ...(model && { model }) },
    { watched, disturbance },
  )
  return { kind: 'decoded', ...decoded }
}

async function serve(decoder: Declared): Promise<void> {
  let turn: Promise<unknown> = Promise.resolve()
  let count = 0
  process.on('message', (batch: readonly Request[]) => {
    for (const request of batch) {
      const number = count++
      turn = turn.then(async () => {
        latest = number
        try {
          const said = await requests.run(number, () => answer(decoder, request))
          // What it did on the side, and did not await, fails before its answer counts.
          await setImmediate()
          tellModules()
          say({ kind: 'reply', reply: explained(said) })
        } catch {
          sayReplaced()
        }
      })
    }
  })
}

process.on('disconnect', () => process.exit())
try {
  let decoder = await loadFrom(source)
  if (transform) decoder = (await import(transform.module))[transform.name](decoder, transform.argument)
  const { name, sizeVaries, coherenceGuarantee } = decoder
  tellModules()
  await serve(decoder)
  const declared = { name, sizeVaries: sizeVaries === true, promises: coherenceGuarantee !== undefined }
  say({ kind: 'ready', declared })
} catch (error) {
  say({ kind: 'failed', message: firstLine(error) })
}
