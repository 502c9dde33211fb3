import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../cli/main.js', import.meta.url))
const MARK = 'DIMS_PER_BIT_FAULTS'

/** How a command ended. */
export interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
  readonly seconds: number
}

/** One of several runs at a time, each with a folder of its own, and a mark on the processes that it starts. */
export class Lane {
  readonly folder = mkdtempSync(join(tmpdir(), 'dims-per-bit-faults-'))
  readonly #mark: string
  readonly #env: NodeJS.ProcessEnv
  passed = 0
  failed = 0

  constructor(name: string) {
    this.#mark = `${process.pid}-${name}`
    this.#env = { ...process.env, [MARK]: this.#mark }
  }

  expect(what: string, holds: boolean, detail: () => string = () => ''): void {
    if (holds) this.passed++
    else this.failed++
    const seconds = performance.now() / 1000
    const verdict = holds ? `ok  ${what}` : `FAILED  ${what}: ${detail()}`
    process.stdout.write(`${seconds.toFixed(0).padStart(4)} s  ${verdict}\n`)
  }

  path(name: string): string {
    return join(this.folder, name)
  }

  write(name: string, text: string): string {
    writeFileSync(this.path(name), text)
    return `./${name}`
  }

  /** Run the command line, in this folder, by `program` where it is given: a command that takes one. */
  async call(args: readonly string[], program: readonly string[] = []): Promise<Ended> {
    const start = performance.now()
    const [first, ...rest] = [...program, process.execPath, MAIN, ...args]
    const child = spawn(first, rest, {
      cwd: this.folder,
      env: this.#env,
      timeout: 90_000,
      killSignal: 'SIGKILL',
    })
    const said = { stdout: '', stderr: '' }
    child.stdout.setEncoding('utf8').on('data', (text) => {
      said.stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text) => {
      said.stderr += text
    })
    const status = await new Promise<number | null>((resolve) => child.once('close', resolve))
    return { status, ...said, seconds: (performance.now() - start) / 1000 }
  }

  /** Start a command and kill it after so many milliseconds, if it still runs then. */
  async killed(args: readonly string[], afterMs: number): Promise<void> {
    const child = spawn(process.execPath, [MAIN, ...args], {
      cwd: this.folder,
      env: this.#env,
      stdio: 'ignore',
    })
    const exit = new Promise((resolve) => child.once('exit', resolve))
    await Promise.race([exit, setTimeout(afterMs)])
    child.kill('SIGKILL')
    await exit
  }

  async nothingLeft(what: string): Promise<void> {
    for (let tries = 0; this.#left().length > 0 && tries < 200; tries++) await setTimeout(20)
    this.expect(`${what}: no process is left`, this.#left().length === 0, () => this.#left().join(' '))
  }

  /** Processes of this lane's that live, on Linux. */
  #left(): string[] {
    if (process.platform !== 'linux') return []
    return readdirSync('/proc').filter((pid) => {
      try {
        return (
          /^\d+$/.test(pid) &&
          readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`${MARK}=${this.#mark}\0`)
        )
      } catch {
        return false
      }
    })
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}
