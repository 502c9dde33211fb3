import { readFileSync } from 'node:fs'

/** A decoder that keeps all cores busy makes everybody wait: the clock goes no slower than the wall's by this. */
const SLOWEST = 32

/**
 * The time since it was made, in milliseconds, less what this process and those that it watches have waited for a
 * core, where the system says (Linux): on a busy machine it goes slower, up to 32 times.
 */
export interface UnhurriedClock {
  now(): number
  /** Watch a process too, from its start. */
  watch(pid: number): void
  /** A watched process is about to end. */
  unwatch(pid: number): void
}

export function unhurriedClock(
  waited: (pid: number) => number = waitedForCore,
  time: () => number = () => performance.now(),
): UnhurriedClock {
  const watched = new Set<number>()
  const start = time()
  // What those that have ended waited, less what this process had before.
  let before = -waited(process.pid)
  return {
    now() {
      const waits = [process.pid, ...watched].reduce((sum, pid) => sum + waited(pid), before)
      const passed = time() - start
      return Math.max(passed - waits, passed / SLOWEST)
    },
    watch: (pid) => void watched.add(pid),
    unwatch(pid) {
      if (watched.delete(pid)) before += waited(pid)
    },
  }
}

/** Milliseconds that the main thread of a process has waited for a core; 0 where nobody says. */
function waitedForCore(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'latin1').split(' ')[1]) / 1e6
  } catch {
    return 0
  }
}
