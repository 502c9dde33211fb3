import { readdirSync, readFileSync } from 'node:fs'
import { RUN_MARK, reap, runId } from './reaper.js'

/** Groups that live. */
const live = new Set<number>()

/** A process has started, with a group of its own: whatever becomes of this process, the group is ended. */
export function groupStarted(pid: number): void {
  live.add(pid)
  reap('+', pid)
}

/** End a process and its group. */
export const endGroup = (pid: number): void => kill(process.platform === 'win32' ? pid : -pid)

/** A group is ended for good. After the last one goes what its processes have started and moved out of it. */
export function groupEnded(pid: number): void {
  live.delete(pid)
  reap('-', pid)
  if (live.size === 0) endStragglers()
}

/** On Linux alone, where a mark in the environment tells. */
function endStragglers(): void {
  if (process.platform !== 'linux') return
  const mark = `${RUN_MARK}=${runId}`
  for (const name of readdirSync('/proc')) {
    const pid = Number(name)
    if (Number.isInteger(pid) && pid !== process.pid && environmentOf(pid).includes(mark)) kill(pid)
  }
}

function environmentOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0')
  } catch {
    return []
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It is gone already.
  }
}
