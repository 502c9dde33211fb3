import { detailOf, firstLine } from '../../io/first-line.js'
import { seedOf } from '../../random/stream.js'
import type { Violation } from '../trials/sampler.js'
import { type Taken, takeAnswer } from '../trials/take-answer.js'
import { type AnnouncedDictionary, describedShape } from './dictionary-files.js'
import type { Declarations, Reply, Request } from './host-protocol.js'

// Protocol 1 between this package and a program that decodes: docs/protocol.md.

export type DecodeRequest = Extract<Request, { kind: 'decode' }>

/** What a program says when it is ready. */
export interface Hello extends Declarations {
  readonly batch: number
  /** Whether it reads dictionaries within a file of many. */
  readonly offset: boolean
  readonly modules: readonly string[]
}

/** A line that answers a problem. */
export interface AnswerLine {
  readonly problem: number
  readonly answers?: readonly unknown[]
  /** For each code the scores of all codewords, and the amplitudes of those of its list, or null. */
  readonly scores?: unknown
  readonly amplitudes?: unknown
  readonly error?: unknown
  readonly refused?: unknown
  /** For each code whether the decoder drew from its seed. */
  readonly drew?: unknown
  /** For each code how often it asked a global random generator, and a clock, where the world was disturbed. */
  readonly outside?: unknown
  /** Files of the user's that it has loaded since it last said so. */
  readonly modules?: unknown
}

export const GREETING = '{"protocols":[1]}\n'

/** Bytes of dictionaries, as files, that one message may take: a batch of larger ones is cut. */
const MESSAGE_BYTES = 2 ** 28

const object = (line: string): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

/** The first line of a program, or what is wrong with it, in words that go on from its name. */
export function helloFrom(line: string): Hello | string {
  const said = object(line)
  if (!said || !('protocol' in said)) {
    return (
      `wrote ${excerpt(line)} on its standard output before it was ready, which is for answers alone: ` +
      'load the helper before what prints (docs/protocol.md)'
    )
  }
  const { protocol, name, sizeVaries = false, batch = 1 } = said
  if (protocol !== 1) return `speaks protocol ${JSON.stringify(protocol)}, not 1`
  if (typeof name !== 'string' || name === '') return 'says no name for its decoder'
  if (!Number.isSafeInteger(batch) || (batch as number) < 1) {
    return `says batch ${JSON.stringify(batch)}, which must be an integer of at least 1`
  }
  const declared = { name, sizeVaries: sizeVaries === true, promises: false, foreign: true }
  return { ...declared, batch: batch as number, offset: said.offset === true, modules: strings(said.modules) }
}

/** A line of a program that answers a problem; undefined where it does not. */
export function answerFrom(line: string): AnswerLine | undefined {
  const said = object(line)
  return said && typeof said.problem === 'number' ? (said as unknown as AnswerLine) : undefined
}

export const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []

/** A program's text in a message of one line. */
export function excerpt(text: string): string {
  const line = text.split(/[\r\n]/, 1)[0]
  return JSON.stringify(line.length > 60 ? `${line.slice(0, 60)}…` : line)
}

/** Requests cut into messages as they are asked for: up to `batch` problems of one shape each. */
export function* messagesOf(
  requests: Iterable<DecodeRequest>,
  batch: number,
): Generator<DecodeRequest[], undefined> {
  let message: DecodeRequest[] = []
  let kind = ''
  for (const request of requests) {
    const { dictionary, code, k } = request.problem
    const { N, d } = describedShape(dictionary.description!)
    const own = `${N} ${k} ${code.length} ${request.mayRefuse}`
    // A disturbed world is one problem's.
    if (message.length > 0 && (own !== kind || request.disturbance)) {
      yield message
      message = []
    }
    kind = own
    message.push(request)
    const most = Math.min(batch, Math.floor((8 * MESSAGE_BYTES) / (N * d)))
    if (message.length >= most || request.disturbance) {
      yield message
      message = []
    }
  }
  if (message.length > 0) yield message
}

export interface Encoded {
  readonly bytes: Uint8Array
  /** Bytes in all, with those of its new dictionaries' files. */
  readonly size: number
}

/** A message as bytes, its new dictionaries before it. */
export function encoded(
  id: number,
  requests: readonly DecodeRequest[],
  announced: readonly AnnouncedDictionary[],
): Encoded {
  const ids = requests.map(({ problem }) => problem.dictionary.id)
  const codes = requests.map(({ problem }) => problem.code)
  const { k, model } = requests[0].problem
  const [{ disturbance }] = requests
  const same = ids.every((one) => one === ids[0])
  // What is undefined is left out of the line.
  const problem = {
    id,
    dictionary: same ? ids[0] : undefined,
    dictionaries: same ? undefined : ids,
    k,
    model,
    count: requests.length,
    seeds: requests.map((request) => seedOf(request.problem.random)),
    bytes: codes.reduce((sum, code) => sum + code.byteLength, 0),
    world: disturbance?.random && {
      seed: seedOf(disturbance.random) % 2 ** 32,
      ahead: disturbance.ahead / 1000,
    },
  }
  const lines = [...announced.map((dictionary) => ({ dictionary })), { problem }]
  const bytes = Buffer.concat([
    Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join('')),
    ...codes.map((code) => new Uint8Array(code.buffer, code.byteOffset, code.byteLength)),
  ])
  const size = announced.reduce((sum, { N, stride }) => sum + N * stride, bytes.length)
  return { bytes, size }
}

/** What a line says of each problem of its message; a violation of all where it says nothing that counts. */
export function repliesFrom(
  line: AnswerLine,
  requests: readonly DecodeRequest[],
  sizeVaries: boolean,
): Reply[] | Violation {
  const { answers } = line
  if (line.error !== undefined) {
    return { kind: 'throw', message: `threw: ${firstLine(line.error)}`, ...detailOf(line.error) }
  }
  if (line.refused !== undefined) {
    const reason = firstLine(line.refused)
    const allowed = requests.every(({ mayRefuse }) => mayRefuse)
    return allowed
      ? requests.map(() => ({ kind: 'refused', reason }))
      : { kind: 'throw', message: `refused: ${reason}` }
  }
  if (!Array.isArray(answers) || answers.length !== requests.length) {
    const count = Array.isArray(answers) ? `${answers.length} answers` : 'no answers'
    return { kind: 'not-a-list', message: `gave ${count} to ${requests.length} problems` }
  }
  const { drew, outside } = line
  return requests.map(({ problem }, m) => {
    const { N } = describedShape(problem.dictionary.description!)
    const beside = { scores: entryOf(line.scores, m), amplitudes: entryOf(line.amplitudes, m) }
    const taken = takeFrom(answers[m], beside, { N, k: problem.k }, sizeVaries)
    const [random = 0, clock = 0] = counts(outside, m)
    return {
      kind: 'decoded',
      ...('kind' in taken ? { answer: taken } : { answer: taken.list, beside: taken }),
      drew: Array.isArray(drew) && drew[m] === true,
      outside: { random, clock },
    }
  })
}

const counts = (outside: unknown, m: number): number[] => {
  const own = entryOf(outside, m)
  return Array.isArray(own) ? own.filter((one) => Number.isInteger(one)) : []
}

/** What a list has for problem m; undefined where it has nothing. */
const entryOf = (list: unknown, m: number): unknown =>
  Array.isArray(list) ? (list[m] ?? undefined) : undefined

function takeFrom(
  list: unknown,
  beside: { readonly scores: unknown; readonly amplitudes: unknown },
  shape: { readonly N: number; readonly k: number },
  sizeVaries: boolean,
): Taken | Violation {
  const { wrong } = Object(list)
  if (typeof wrong === 'string') return { kind: 'not-a-list', message: firstLine(wrong) }
  const chosen = list === null && beside.scores !== undefined ? undefined : list
  return takeAnswer(chosen === undefined ? beside : { ...beside, list: chosen }, shape, sizeVaries)
}
