import { spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { stream } from '../random/stream.js'

// Fault injection for the suite itself: commands are killed at random moments and go on, hostile decoders meet every
// command, and
// forty workers share two cores. `npm run fault-injection`; any other number than 1 as an argument draws other moments.

const seed = process.argv[2] ?? '1'
const { uniform } = stream(seed, 'fault injection')
const folder = mkdtempSync(join(tmpdir(), 'dims-per-bit-faults-'))
const main = fileURLToPath(new URL('../cli/main.js', import.meta.url))
const MARK = 'DIMS_PER_BIT_FAULTS'
const mark = `${process.pid}`
const env = { ...process.env, [MARK]: mark }
let [passed, failed] = [0, 0]

function expect(what: string, holds: boolean, detail: () => string = () => ''): void {
  if (holds) passed++
  else failed++
  process.stdout.write(`${holds ? 'ok' : 'FAILED'}  ${what}${holds ? '' : `: ${detail()}`}\n`)
}

const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return `./${name}`
}

/** Top-k decoding, but for what the body does first; slow enough for a kill to meet it. */
const decoder = (name: string, body = ''): string =>
  write(
    `${name}.mjs`,
    `import fs from 'node:fs'
     import { spawn } from 'node:child_process'
     import { Worker } from 'node:worker_threads'
     let turn = 0
     export default { name: '${name}', decode({ dictionary, code, k, random }) {
       turn++
       ${body}
       const scores = dictionary.correlate(code)
       return [...scores.keys()].sort((a, b) => scores[b] - scores[a]).slice(0, k)
     } }`,
  )

const call = (args: readonly string[], limitMs = 60_000) => {
  const start = performance.now()
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    cwd: folder,
    env,
    encoding: 'utf8',
    timeout: limitMs,
    maxBuffer: 2 ** 28,
  })
  return { status, stdout, stderr, seconds: (performance.now() - start) / 1000 }
}

/** Start a command and kill it after so many milliseconds, if it still runs then. */
async function killed(args: readonly string[], afterMs: number): Promise<void> {
  const child = spawn(process.execPath, [main, ...args], { cwd: folder, env, stdio: 'ignore' })
  const exit = new Promise((resolve) => child.once('exit', resolve))
  await Promise.race([exit, setTimeout(afterMs)])
  child.kill('SIGKILL')
  await exit
}

/** Processes of this script's that live, on Linux. */
function left(): string[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc').filter((pid) => {
    try {
      const owns = readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(`${MARK}=${mark}`)
      return /^\d+$/.test(pid) && owns
    } catch {
      return false
    }
  })
}

async function nothingLeft(what: string): Promise<void> {
  for (let tries = 0; left().length > 0 && tries < 100; tries++) await setTimeout(20)
  expect(`${what}: no process is left`, left().length === 0, () => left().join(' '))
}

const timeless = (json: string): string =>
  JSON.stringify(JSON.parse(json), (key, value) =>
    /seconds|msPerDecode/i.test(key) || key === 'checksum' || key === 'repeated' ? undefined : value,
  )

/** A command that keeps a record, killed at random moments, ends as it does undisturbed, and so does its record. */
async function killedAndResumed(name: string, args: readonly string[], kills: number): Promise<void> {
  const whole = call([...args, '--record', 'whole.jsonl', '--json', '--quiet'])
  expect(`${name}: runs undisturbed`, whole.status === 0, () => whole.stderr)
  if (whole.status !== 0) return
  for (let kill = 0; kill < kills; kill++) {
    const after = 100 + uniform() * 1000 * Math.min(8, whole.seconds)
    await killed([...args, '--record', 'cut.jsonl', '--json', '--quiet'], after)
  }
  const resumed = call([...args, '--record', 'cut.jsonl', '--json', '--quiet'])
  expect(`${name}: the same after ${kills} kills`, timeless(resumed.stdout) === timeless(whole.stdout))
  const bytes = (file: string) => readFileSync(join(folder, file), 'utf8')
  expect(`${name}: the record is the same, byte for byte`, bytes('cut.jsonl') === bytes('whole.jsonl'))
  await nothingLeft(name)
  for (const file of ['whole.jsonl', 'cut.jsonl']) rmSync(join(folder, file))
}

const hostile: Readonly<Record<string, string>> = {
  loops: 'if (turn > 3) for (;;) {}',
  sleeps: 'if (turn > 3) return new Promise(() => {})',
  exits: 'if (turn > 3) process.exit(0)',
  aborts: 'if (turn > 3) process.abort()',
  prints: 'fs.writeSync(1, "{}\\n"); console.log("{}")',
  keeps: 'setInterval(() => {}, 10)',
  threads: "new Worker('for (;;) {}', { eval: true })",
  children: "spawn('sleep', ['999'], { detached: true, stdio: 'inherit' })",
  hoards: 'if (turn > 3) for (globalThis.all = []; ;) all.push(Buffer.alloc(2 ** 26, 1))',
  patches: 'Array.prototype.every = () => true; JSON.stringify = () => "{}"',
  rejects: 'Promise.reject(new Error("oh"))',
  forges: 'if (turn > 3) { fs.writeSync(4, "{}\\n"); process.send([1]); process.disconnect() }',
}

async function hostileDecoders(): Promise<void> {
  for (const [name, body] of Object.entries(hostile)) {
    const path = decoder(name, body)
    const limits = ['--time-limit', '300', '--startup-limit', '1000', '--workers', '2']
    const args = [
      'success',
      path,
      '-N',
      '64',
      '-k',
      '2',
      '-d',
      '200',
      '--trials',
      '24',
      ...limits,
      '--json',
      '--quiet',
    ]
    const { status, stdout, stderr, seconds } = call(args)
    const documents = () => status === 2 || JSON.parse(stdout)
    expect(
      `${name}: success ends with a verdict`,
      [0, 1, 2].includes(status!) && Boolean(documents()),
      () => stderr,
    )
    expect(`${name}: in time`, seconds < 30, () => `${seconds} s`)
    await nothingLeft(name)
  }
}

function manyWorkers(): void {
  const path = decoder('right')
  const rate = (workers: string) => {
    const args = [
      'success',
      path,
      '-N',
      '256',
      '-k',
      '6',
      '-d',
      '100',
      '--trials',
      '320',
      '--time-limit',
      '500',
    ]
    const { stdout } = call([...args, '--workers', workers, '--json', '--quiet'])
    const { successRate, faultCount } = JSON.parse(stdout)
    return { successRate, faultCount }
  }
  const [one, many] = [rate('1'), rate('40')]
  expect('40 workers: the values of one', JSON.stringify(one) === JSON.stringify(many), () =>
    JSON.stringify([one, many]),
  )
}

try {
  const slow = decoder('slow', 'for (const until = performance.now() + 1; performance.now() < until; );')
  const shape = ['-N', '64', '-k', '3']
  await killedAndResumed('measure', ['measure', slow, ...shape, '--precision', '0.1', '--workers', '2'], 10)
  const own = [...shape, '--only-own', '--tolerance', '0.25', '--workers', '2', '--out', 'slow.json']
  await killedAndResumed('baseline', ['baseline', slow, ...own], 8)
  const board = [
    '--sizes',
    '2^8',
    '--sparsities',
    '4',
    '--decoders',
    'top-k,cosamp,orthogonal-matching-pursuit',
    '--budget',
    '20',
  ]
  await killedAndResumed('leaderboard', ['leaderboard', ...board, '--out', 'board'], 6)
  cpSync(join(folder, slow), join(folder, 'copy.mjs'))
  if (existsSync(join(folder, 'slow.json'))) {
    await killedAndResumed('gate', ['gate', './copy.mjs', '--baseline', 'slow.json', '--workers', '2'], 6)
  }
  await hostileDecoders()
  manyWorkers()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.stdout.write(`${passed} passed, ${failed} failed\n`)
if (failed > 0) process.exitCode = 1
