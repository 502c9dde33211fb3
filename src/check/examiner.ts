import type { Instance } from '../arbitraries/instance.js'
import { declarations } from '../decoders/declarations.js'
import type { Declared } from '../decoders/decoder.js'
import { contractProperty } from './contract.js'
import { Breach, type Subject, Unfit } from './property.js'
import { subjectOf } from './subject.js'

/** One property on one instance: kept, broken as the message says, or the instance says nothing about it. */
export type Outcome =
  | { readonly kind: 'kept' }
  | { readonly kind: 'unfit' }
  | { readonly kind: 'broken'; readonly message: string; readonly stopped?: boolean }

/** Examines one decoder, wherever it runs. */
export interface Examiner {
  /** The decoder's name. */
  readonly decoder: string
  examine(property: string, instance: Instance, seed: string): Promise<Outcome>
  /** The same, by a decoder that has read nothing before, where one can be had. */
  examineAfresh?(property: string, instance: Instance, seed: string): Promise<Outcome>
  /** What examines this instance again. */
  replay(property: string, instance: Instance, seed: string): string
  close(): Promise<void>
}

/** Examine one property of the contract on one instance, in this thread. */
export async function examine(
  subject: Subject,
  property: string,
  instance: Instance,
  seed: string,
): Promise<Outcome> {
  try {
    await contractProperty(property).examine(subject, instance, seed)
    return { kind: 'kept' }
  } catch (error) {
    if (error instanceof Unfit) return { kind: 'unfit' }
    if (error instanceof Breach) return { kind: 'broken', message: error.message }
    throw error
  }
}

/**
 * Examines a decoder in this thread. One that never answers is noticed when it awaits something; one that loops for ever is not.
 * @param timeLimit milliseconds that one decode may take.
 */
export function localExaminer(decoder: Declared, timeLimit: number): Examiner {
  const subject = subjectOf({
    ...declarations(decoder),
    async decode(problem) {
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<never>((_, reject) => {
        const message = `did not answer within ${(timeLimit / 1000).toPrecision(3)} s`
        timer = setTimeout(() => reject(new Error(message)), timeLimit)
      })
      try {
        return await Promise.race([decoder.decode(problem), late])
      } finally {
        clearTimeout(timer)
      }
    },
  })
  return {
    decoder: decoder.name,
    examine: (property, instance, seed) => examine(subject, property, instance, seed),
    replay: (_, instance, seed) => `drawInstance(${JSON.stringify(instance)}, ${JSON.stringify(seed)})`,
    close: async () => {},
  }
}
