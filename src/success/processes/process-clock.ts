import { type ProcessState, processState } from './process-state.js'

/**
 * The time that a process has had, in milliseconds: on a core, or waiting for something to happen. Waiting for a core
 * is no time of its own, so a busy machine makes nobody late.
 */
export interface ProcessClock {
  /** Begin at 0 again. */
  reset(): void
  /** Look at the process: the time it has had since the reset, and its memory in bytes. */
  look(): { readonly time: number; readonly memory: number }
}

export interface ClockOptions {
  /** Most that passes between two looks, milliseconds: the machine may have slept, or this process been busy. */
  readonly longest: number
  readonly stateOf?: (pid: number) => ProcessState | undefined
  readonly now?: () => number
}

export function processClock(
  pid: number,
  { longest, stateOf = processState, now = () => performance.now() }: ClockOptions,
): ProcessClock {
  let time = 0
  let at = now()
  // Asked for at looks alone, which are rare: the first one after a reset cannot tell what the time was spent on.
  let before: ProcessState | undefined
  return {
    reset() {
      time = 0
      at = now()
      before = undefined
    },
    look() {
      const state = stateOf(pid)
      const passed = Math.min(longest, now() - at)
      at = now()
      const worked = state && before ? state.processor - before.processor : state ? 0 : passed
      // Threads together may work more than the clock shows; a process that sleeps at both looks had all of the time.
      const waited = state?.runnable || before?.runnable
      time += waited ? Math.min(passed, worked) : passed
      before = state
      return { time, memory: state?.memory ?? 0 }
    },
  }
}
