import { linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { isMissing } from './file-error.js'
import { InputError } from './input-error.js'
import { cannotWrite, draftBeside } from './write-atomic.js'

/**
 * Who holds a lock. A number of a process is used again: when it started tells which is meant, where the system says.
 */
interface Holder {
  readonly pid: number
  readonly host: string
  readonly started?: string | undefined
}

/** How long to wait for a lock, and how long from one look at it to the next. */
const PATIENCE_MS = 30_000
const LOOK_MS = 5
/** A lock without a holder's name is still being made, unless it is older than this. */
const MAKING_MS = 5000

/**
 * Do a short step on a file while no other process that asks the same does one. What ends a process in its step (kill
 * -9) leaves a lock that the next takes over. Throws InputError that names the holder when it does not let go.
 */
export function withLock<T>(path: string, act: () => T, patience = PATIENCE_MS): T {
  const lock = `${path}.lock`
  const mine = JSON.stringify(self())
  acquire(lock, mine, path, patience)
  try {
    return act()
  } finally {
    if (contentOf(lock) === mine) rmSync(lock, { force: true })
  }
}

function acquire(lock: string, mine: string, path: string, patience: number): void {
  const end = Date.now() + patience
  while (!create(lock, mine, path)) {
    const held = contentOf(lock)
    if (held === undefined) continue
    if (isStale(lock, held)) takeAway(lock, held)
    else if (Date.now() < end) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_MS)
    else throw new InputError(`cannot write '${path}': ${holderText(held)} has locked it by '${lock}'`)
  }
}

function create(lock: string, mine: string, path: string): boolean {
  try {
    writeFileSync(lock, mine, { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw cannotWrite(path, error)
  }
}

/** Another may have taken the lock over in the meantime: a lock that is not the one that was looked at is put back. */
function takeAway(lock: string, held: string): void {
  const aside = draftBeside(lock)
  try {
    renameSync(lock, aside)
    if (contentOf(aside) !== held) linkSync(aside, lock)
  } catch {
    // It is gone, or a third one has it: both are seen at the next look.
  } finally {
    rmSync(aside, { force: true })
  }
}

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (isMissing(error)) return undefined
    throw cannotWrite(file, error)
  }
}

function isStale(lock: string, held: string): boolean {
  const holder = parsed(held)
  if (holder) return holder.host === hostname() && !isAlive(holder)
  const made = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0
  return Date.now() - made > MAKING_MS
}

function parsed(held: string): Holder | undefined {
  try {
    const { pid, host, started } = JSON.parse(held)
    return Number.isInteger(pid) && typeof host === 'string' ? { pid, host, started } : undefined
  } catch {
    return undefined
  }
}

function holderText(held: string): string {
  const holder = parsed(held)
  return holder ? `process ${holder.pid} on ${holder.host}` : 'another process'
}

const self = (): Holder => ({ pid: process.pid, host: hostname(), started: statOf(process.pid)?.started })

function isAlive({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  const now = statOf(pid)
  return !now || (now.state !== 'Z' && (started === undefined || now.started === started))
}

/** What Linux says of a process: its state, Z where it has ended, and when it started. */
function statOf(pid: number): { readonly state: string; readonly started: string } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { state: fields[0], started: fields[19] }
  } catch {
    return undefined
  }
}
