import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** How a process stands: what the operating system counts. */
export interface ProcessState {
  /** Processor time of all its threads, milliseconds. */
  readonly processor: number
  /** Whether it works or waits for a core, rather than for something to happen. */
  readonly runnable: boolean
  /** Resident memory, bytes. */
  readonly memory: number
}

/** Seconds of processor time that processes have had so far, those that have ended included, as last seen. */
export function workedSeconds(pids: () => readonly number[]): () => number {
  const seen = new Map<number, number>()
  return () => {
    for (const pid of pids()) {
      const { processor } = processState(pid) ?? { processor: 0 }
      seen.set(pid, Math.max(processor, seen.get(pid) ?? 0))
    }
    return [...seen.values()].reduce((sum, processor) => sum + processor, 0) / 1000
  }
}

/** Linux counts processor time in hundredths of a second whatever the kernel's own clock is. */
const TICK_MS = 10
const PAGE = 4096

/** The state of a process; undefined where it is gone, or the system does not say (Windows). */
export function processState(pid: number): ProcessState | undefined {
  try {
    return process.platform === 'linux' ? fromProc(pid) : fromPs(pid)
  } catch {
    return undefined
  }
}

function fromProc(pid: number): ProcessState {
  const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
  // The name, in brackets, may hold anything.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const [user, system, pages] = [fields[11], fields[12], fields[21]].map(Number)
  return { processor: TICK_MS * (user + system), runnable: fields[0] === 'R', memory: PAGE * pages }
}

function fromPs(pid: number): ProcessState {
  const text = execFileSync('ps', ['-o', 'state=,time=,rss=', '-p', String(pid)], { encoding: 'utf8' })
  const [state, time, kib] = text.trim().split(/\s+/)
  const [seconds, minutes, hours = 0] = time.split(':').map(Number).reverse()
  return {
    processor: 1000 * (seconds + 60 * minutes + 3600 * hours),
    runnable: state.startsWith('R'),
    memory: 1024 * Number(kib),
  }
}
