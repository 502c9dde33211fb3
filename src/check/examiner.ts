import { type ExaminedInstance, instanceText } from '../arbitraries/instance.js'
import type { Declared } from '../decoders/decoder.js'
import { InputError } from '../io/input-error.js'
import { quoted } from '../io/text/shell.js'
import type { DecoderSource } from '../success/processes/decoder-source.js'
import { type ProcessReaderOptions, processReader } from '../success/processes/process-reader.js'
import {
  type DecodeOutcome,
  localReader,
  type ProblemReader,
  type Unanswered,
  unread,
} from '../success/processes/reader.js'
import type { OutsideCalls } from '../success/trials/disturbance.js'
import type { DecodeOptions } from '../success/trials/guarded-decode.js'
import { contractProperty } from './contract.js'
import { type Draws, drawnFamilies } from './draws.js'
import { type Answer, Breach, NotApplicable, type Readable, type Subject, Unfit } from './property.js'

/** One property on one instance: kept, broken as the message says, or the instance says nothing about it. */
export type Examination =
  | { readonly kind: 'kept' }
  | {
      readonly kind: 'unfit'
      readonly reason: string
      /** Whether the property is about such decoders at all. */
      readonly applies: boolean
      /** Whether the decoder refused the shape, and whether the time was up. */
      readonly refused: boolean
      readonly late: boolean
    }
  | {
      readonly kind: 'broken'
      readonly message: string
      /** Whether it called neither Math.random nor a clock. */
      readonly seeded: boolean
      /** Whether that took the decoder's process. */
      readonly stopped: boolean
    }

/** A failure after the answer that belongs to an earlier examination. */
export interface LateBreach {
  readonly property: string
  readonly instance: ExaminedInstance
  readonly message: string
}

/** Examines one decoder, wherever it runs. */
export interface Examiner {
  /** The decoder's name. */
  readonly decoder: string
  /** Whether its answers may hold more or fewer than k. */
  readonly sizeVaries: boolean
  /** Whether it has answered anything so far. */
  readonly answered: boolean
  /** The instance that stands for one that a property asks for. */
  fit(instance: ExaminedInstance): ExaminedInstance
  /** Milliseconds since it was made, in which nobody waited for a core. */
  now(): number
  /** When examinations must have ended, as `now` counts: Infinity unless set. */
  until: number
  /** Rejects with what is no fault of the decoder's. */
  examine(property: string, instance: ExaminedInstance, seed: string): Promise<Examination>
  /** The same, by a decoder that has read nothing before, where one can be had. */
  examineAfresh?(property: string, instance: ExaminedInstance, seed: string): Promise<Examination>
  /** What earlier decodes did after their answers, since the last call. */
  takeLate(): LateBreach[]
  /** What examines this instance again. */
  replay(property: string, instance: ExaminedInstance, seed: string): string
  close(): Promise<void>
}

/** Examines a decoder in this thread; see `localReader` for what is noticed there. */
export const localExaminer = (decoder: Declared, timeLimit: number): Examiner =>
  examiner(
    localReader(decoder, timeLimit),
    drawnFamilies,
    (_, instance, seed) => `drawInstance(${JSON.stringify(instance)}, ${JSON.stringify(seed)})`,
  )

/** Examines a built-in decoder, or one in a file, in a process of its own. */
export async function processExaminer(
  nameOrPath: string | DecoderSource,
  options: ProcessReaderOptions & { readonly over?: Over },
): Promise<Examiner> {
  const named = typeof nameOrPath === 'string' ? nameOrPath : JSON.stringify(nameOrPath)
  const { over, ...limits } = options
  return examiner(
    await processReader(nameOrPath, limits),
    over?.draws ?? drawnFamilies,
    (property, instance, seed) =>
      `dpb check ${quoted(named)}${over?.options ?? ''} --seed ${quoted(seed)} ` +
      `--replay ${property}:${instanceText(instance)}`,
  )
}

/** A dictionary that problems are taken from, and the options that name it, each after a space. */
export interface Over {
  readonly draws: Draws
  readonly options: string
}

/** Where decodes from number `from` on belong. */
interface Span {
  readonly from: number
  readonly property: string
  readonly instance: ExaminedInstance
}

function examiner(reader: ProblemReader, draws: Draws, replay: Examiner['replay']): Examiner {
  const spans: Span[] = []
  let answered = false
  const onAnswer = () => {
    answered = true
  }
  const examine: Examiner['examine'] = async (property, instance, seed) => {
    if (reader.clock.now() >= reader.until) return late
    spans.push({ from: reader.count, property, instance })
    return examineWith({ reader, draws, elsewhere, onAnswer }, property, instance, seed)
  }
  const { restart } = reader
  const elsewhere = secondReader(reader)
  return {
    decoder: reader.declared.name,
    sizeVaries: reader.declared.sizeVaries,
    fit: draws.fit,
    get answered() {
      return answered
    },
    now: () => reader.clock.now(),
    get until() {
      return reader.until
    },
    set until(time) {
      reader.until = time
    },
    examine,
    ...(restart && {
      async examineAfresh(...which) {
        await restart.call(reader)
        return examine(...which)
      },
    }),
    takeLate: () =>
      reader.takeLate().flatMap(({ request, message }) => {
        const span = spans.findLast(({ from }) => from <= request)
        return span ? [{ property: span.property, instance: span.instance, message }] : []
      }),
    replay,
    close: async () => {
      await Promise.all([reader.close(), elsewhere.close()])
    },
  }
}

/** The decoder refuses the shape of the instance. */
class Refused extends Unfit {}

/** The time was up. */
class OutOfTime extends Unfit {}

const late: Examination = { kind: 'unfit', reason: unread.reason, applies: true, refused: false, late: true }

/** A breach that took the decoder's process. */
class Stopped extends Breach {}

/** What a decoder that asks the world outside of the problem is told. */
function outsideHint({ random, clock }: OutsideCalls, foreign: boolean): string {
  const generator = foreign ? 'a global random generator' : 'Math.random'
  const called = [...(random > 0 ? [generator] : []), ...(clock > 0 ? ['a clock'] : [])]
  const own = foreign ? 'problem.rng' : 'problem.random'
  return called.length === 0 ? '' : ` (it calls ${called.join(' and ')}; only ${own} is seeded)`
}

/** A second process of the reader's decoder, started when it is first needed. */
function secondReader(reader: ProblemReader) {
  let started: Promise<ProblemReader> | undefined
  return {
    async get(): Promise<ProblemReader> {
      started ??= reader.another!()
      const second = await started.catch((error: unknown) => {
        started = undefined
        if (!(error instanceof InputError)) throw error
        if (reader.clock.now() >= reader.until) throw new OutOfTime(unread.reason)
        throw new Stopped(`cannot be started beside another process of it: ${error.message}`)
      })
      second.until = reader.until
      return second
    },
    close: async () => (await started)?.close(),
  }
}

interface Readers {
  readonly reader: ProblemReader
  readonly draws: Draws
  readonly elsewhere: ReturnType<typeof secondReader>
  onAnswer(): void
}

async function examineWith(
  readers: Readers,
  id: string,
  instance: ExaminedInstance,
  seed: string,
): Promise<Examination> {
  const property = contractProperty(id)
  const called: OutsideCalls = { random: 0, clock: 0 }
  const fail = (outcome: Unanswered): never => {
    switch (outcome.kind) {
      case 'refused':
        throw property.refusable
          ? new NotApplicable(outcome.reason)
          : new Refused(`it refuses: ${outcome.reason}`)
      case 'unread':
        throw new OutOfTime(outcome.reason)
      case 'violation':
        throw new (outcome.stopped ? Stopped : Breach)(outcome.violation.message)
    }
  }
  const subject = subjectOf(readers, fail, ({ outside }) => {
    readers.onAnswer()
    called.random += outside.random
    called.clock += outside.clock
  })
  try {
    if (readers.draws.given && property.ofFamilies) {
      throw new NotApplicable('it is of other codewords than those of a file')
    }
    await property.examine(subject, instance, seed)
    return { kind: 'kept' }
  } catch (error) {
    if (error instanceof Unfit) {
      const applies = !(error instanceof NotApplicable)
      const [refused, late] = [error instanceof Refused, error instanceof OutOfTime]
      return { kind: 'unfit', reason: error.message, applies, refused, late }
    }
    if (error instanceof Breach) {
      const message = `${error.message}${outsideHint(called, subject.foreign)}`
      const seeded = called.random + called.clock === 0
      return { kind: 'broken', message, seeded, stopped: error instanceof Stopped }
    }
    throw error
  }
}

/** A reader's decoder as properties see it; where a problem has no answer, `fail` throws why. */
function subjectOf(
  { reader, draws, elsewhere }: Readers,
  fail: (outcome: Unanswered) => never,
  onAnswer: (answer: Answer) => void,
): Subject {
  const { promises, foreign = false, batch = 1 } = reader.declared
  const answered = (outcome: DecodeOutcome): Answer => {
    if (outcome.kind !== 'answer') return fail(outcome)
    onAnswer(outcome)
    return outcome
  }
  const readBy = async (one: ProblemReader, trial: Readable, options?: DecodeOptions) => {
    const disturbance = options?.disturbance ?? { ahead: 0 }
    return answered(await one.read(trial, { ...options, disturbance, mayRefuse: true }))
  }
  return {
    draw: draws.draw,
    promises,
    foreign,
    apart: reader.another !== undefined,
    batch,
    async guarantee(k) {
      const coherence = await reader.guarantee(k)
      if (typeof coherence !== 'number') return fail(coherence)
      if (!Number.isNaN(coherence)) return coherence
      throw new Breach(`gives no number for its coherenceGuarantee(${k})`)
    },
    read: (trial, options) => readBy(reader, trial, options),
    async readTogether(trials) {
      return (await reader.readMany!(trials)).map(answered)
    },
    async readAfresh(trial) {
      await reader.restart!()
      return readBy(reader, trial)
    },
    async readElsewhere(trial) {
      return readBy(await elsewhere.get(), trial)
    },
    async endInput() {
      const ended = await reader.endInput!()
      if (ended) return
      if (ended === undefined) throw new OutOfTime(unread.reason)
      throw new Stopped('goes on after the end of its input; by a thread, perhaps, that is no daemon')
    },
  }
}
