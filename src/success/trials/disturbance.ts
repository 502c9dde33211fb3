import { performance } from 'node:perf_hooks'
import { type Stream, type StreamState, streamAt } from '../../random/stream.js'

/**
 * A world outside of the problem, which must not matter: what Math.random and the clocks say. Calls of them are
 * counted.
 */
export interface Disturbance {
  /** What Math.random goes by; as it is unless given. */
  readonly random?: StreamState | undefined
  /** Milliseconds that the clocks are ahead by. */
  readonly ahead: number
}

/** Calls of Math.random and of the clocks under a disturbance. */
export interface OutsideCalls {
  random: number
  clock: number
}

/** Disturb this thread's world until `restore` is called. */
export function disturb({ random, ahead }: Disturbance): { calls: OutsideCalls; restore(): void } {
  const calls: OutsideCalls = { random: 0, clock: 0 }
  const { random: originalRandom } = Math
  const OriginalDate = Date
  const clock = performance.now.bind(performance)
  const hostile = random && streamAt(random)
  const tick = <T>(value: T): T => {
    calls.clock++
    return value
  }
  Math.random = () => {
    calls.random++
    return hostile ? extreme(hostile) : originalRandom()
  }
  globalThis.Date = new Proxy(OriginalDate, {
    construct: (target, args, self) =>
      Reflect.construct(target, args.length > 0 ? args : [tick(target.now() + ahead)], self),
    get: (target, name) =>
      name === 'now' ? () => tick(target.now() + ahead) : Reflect.get(target, name, target),
  })
  performance.now = () => tick(clock() + ahead)
  const restore = () => {
    Math.random = originalRandom
    globalThis.Date = OriginalDate
    Reflect.deleteProperty(performance, 'now')
  }
  return { calls, restore }
}

/** Much that is near 0 or 1, where a rare event hangs on it. */
function extreme({ integer, uniform }: Stream): number {
  const kind = integer(3)
  if (kind === 0) return uniform()
  return kind === 1 ? uniform() * 1e-9 : 1 - (1 + integer(99)) * 1e-9
}
