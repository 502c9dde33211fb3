import { decoder, hostile } from './faults/decoders.js'
import { disks } from './faults/disks.js'
import { killedDecoders, killedLeaderboard } from './faults/killed.js'
import { Lane } from './faults/lane.js'

// Fault injection for the suite itself: commands are killed at random moments and go on, disks fill, hostile decoders
// meet `success` and `check`, and forty workers share two cores. `npm run fault-injection`; any other number than 1 as
// an argument draws other moments. Two lanes run at a time.

const seed = process.argv[2] ?? '1'

/** What no lane has taken yet. */
const waiting = Object.entries(hostile).values()

async function hostileDecoders(lane: Lane): Promise<void> {
  for (const [name, body] of waiting) {
    const path = decoder(lane, name, body)
    // The more workers, the less memory each may take.
    const [trials, workers] = name === 'hoards' ? ['2', '64'] : ['24', '1']
    const shape = ['-N', '64', '-k', '2', '-d', '200', '--trials', trials, '--workers', workers]
    const limits = ['--time-limit', '200', '--startup-limit', '1000']
    const { status, stdout, stderr } = await lane.call([
      ...['success', path, ...shape, ...limits, '--json', '--quiet'],
    ])
    const verdict = stdout === '' ? /^(?!.*\n {4}at ).*dpb: [^\n]+\n$/s.test(stderr) : isDocument(stdout)
    lane.expect(
      `${name}: success ends with a verdict`,
      verdict && [0, 1, 2, 3].includes(status!),
      () => stderr,
    )
    await lane.nothingLeft(name)
  }
}

/** The ones that `check` must not pass, in twice its time. */
const CHECKED = ['loops', 'never', 'throws', 'exits', 'forges', 'caches']

async function checkedDecoders(lane: Lane): Promise<void> {
  for (const name of CHECKED) {
    const path = decoder(lane, name, hostile[name])
    const { status, stdout, stderr, seconds } = await lane.call([
      'check',
      path,
      '--seconds',
      '2',
      '--json',
      '--quiet',
    ])
    lane.expect(
      `${name}: check does not pass it`,
      [1, 3].includes(status!) && isDocument(stdout),
      () => stderr,
    )
    process.stdout.write(
      `    check of '${name}' took ${seconds.toFixed(1)} s of at most 4 on an idle machine\n`,
    )
    await lane.nothingLeft(`check of ${name}`)
  }
}

function isDocument(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

async function manyWorkers(lane: Lane): Promise<void> {
  const path = decoder(lane, 'right')
  const shape = ['-N', '256', '-k', '6', '-d', '100', '--trials', '320', '--time-limit', '500']
  const rate = async (workers: string) => {
    const { stdout, stderr } = await lane.call([
      'success',
      path,
      ...shape,
      '--workers',
      workers,
      '--json',
      '--quiet',
    ])
    if (!isDocument(stdout)) return stderr
    const { successRate, faultCount } = JSON.parse(stdout)
    return JSON.stringify({ successRate, faultCount })
  }
  const [one, many] = [await rate('1'), await rate('40')]
  lane.expect('40 workers: the values of one', one === many && one.startsWith('{'), () => `${one} ${many}`)
}

const start = performance.now()
const lanes = ['kills and attacks', 'board, disks and the rest'].map((name) => new Lane(name))
const [one, other] = lanes
try {
  await Promise.all([
    killedDecoders(one, seed).then(() => hostileDecoders(one)),
    killedLeaderboard(other, seed)
      .then(() => disks(other))
      .then(() => checkedDecoders(other))
      .then(() => manyWorkers(other))
      .then(() => hostileDecoders(other)),
  ])
} finally {
  for (const lane of lanes) lane.close()
}
const sum = (count: (lane: Lane) => number) => lanes.reduce((total, lane) => total + count(lane), 0)
const [passed, failed] = [sum((lane) => lane.passed), sum((lane) => lane.failed)]
const seconds = ((performance.now() - start) / 1000).toFixed(0)
process.stdout.write(`${passed} passed, ${failed} failed; ${seconds} s\n`)
if (failed > 0) process.exitCode = 1
