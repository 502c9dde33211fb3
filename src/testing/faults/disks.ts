import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { decoder } from './decoders.js'
import type { Ended, Lane } from './lane.js'

// A full disk, one that fills, and a read-only folder: real ones, in a name space of their own.

/** Programs that give a command name spaces of its own, in which it may mount. */
const spaces = [
  ['unshare', '-rm'],
  ['sudo', '-n', 'unshare', '-m'],
]

const mounted = (how: string, then = '') => [
  'sh',
  '-c',
  `mount -t tmpfs -o size=16k none disk && ${how} && "$@"; code=$?; ${then} exit $code`,
  'sh',
]

const FULL = '{ dd if=/dev/zero of=disk/all bs=1k 2>/dev/null || true; }'
const READ_ONLY = '{ [ ! -f slow.json ] || cp slow.json disk; } && mount -o remount,ro disk'

const oneLine = ({ status, stdout, stderr }: Ended, message: RegExp): boolean =>
  status === 2 && stdout === '' && /^dpb: [^\n]+\n$/.test(stderr) && message.test(stderr)

const told = ({ status, stdout, stderr, seconds }: Ended): string =>
  JSON.stringify({ status, stdout: stdout.slice(0, 200), stderr, seconds })

export async function disks(lane: Lane): Promise<void> {
  mkdirSync(lane.path('disk'))
  const space = spaces.find(([program, ...args]) => {
    const tried = spawnSync(program, [...args, ...mounted('true'), 'true'], { cwd: lane.folder })
    return tried.status === 0
  })
  lane.expect(
    'disks: a file system can be mounted',
    space !== undefined,
    () => 'neither by unshare nor by sudo',
  )
  if (space === undefined) return
  const right = decoder(lane, 'right')
  const shape = ['-N', '64', '-k', '3', '--workers', '1']
  const on = (disk: string, args: readonly string[], then?: string) =>
    lane.call([...args, '--quiet'], [...space, ...mounted(disk, then)])
  const recorded = ['success', right, ...shape, '-d', '60', '--trials', '4000', '--json']
  const whole = await lane.call([...recorded, '--record', 'whole.jsonl'])
  const own = ['baseline', right, ...shape, '--only-own', '--tolerance', '0.25', '--seed', 'x'.repeat(20_000)]
  for (const [name, disk, message] of [
    ['full disk', FULL, /full|space/],
    ['read-only folder', READ_ONLY, /read-only/],
  ] as const) {
    const asked: readonly string[][] = [
      [...recorded, '--record', 'disk/r.jsonl'],
      ['measure', right, ...shape, '--record', 'disk/r.jsonl'],
      [...own, '--out', 'disk/b.json'],
    ]
    for (const args of asked) {
      const ended = await on(disk, args)
      lane.expect(`${name}: ${args[0]} refuses in one line`, oneLine(ended, message), () => told(ended))
    }
  }
  // It fills while a record grows: what was kept is whole, and goes on elsewhere.
  const long = [...recorded, '--record', 'disk/r.jsonl', '--seed', 'y'.repeat(9000)]
  const filling = await on('true', long, 'cp disk/r.jsonl kept.jsonl;')
  lane.expect('disk that fills: one line', oneLine(filling, /full|space/), () => told(filling))
  lane.expect('disk that fills: the record is there', existsSync(lane.path('kept.jsonl')))
  const rest = await lane.call([...long.with(long.indexOf('disk/r.jsonl'), 'kept.jsonl'), '--quiet'])
  lane.expect('disk that fills: it goes on elsewhere', rest.status === 0 && whole.status === 0, () =>
    told(rest),
  )
  await secondary(lane, on, [right, ...shape])
}

/** What nobody asked for by name decides nothing where it cannot be written. */
async function secondary(
  lane: Lane,
  on: (disk: string, args: readonly string[]) => Promise<Ended>,
  [right, ...shape]: readonly string[],
): Promise<void> {
  const own = [
    'baseline',
    right,
    ...shape,
    '--only-own',
    '--tolerance',
    '0.25',
    '--out',
    'slow.json',
    '--quiet',
  ]
  await lane.call(own)
  copyFileSync(lane.path(right), lane.path('same.mjs'))
  const unchanged = await on(READ_ONLY, [
    'gate',
    './same.mjs',
    '--baseline',
    'disk/slow.json',
    '--workers',
    '1',
  ])
  lane.expect('read-only folder: a gate is unchanged', unchanged.status === 0, () => told(unchanged))
  const wrong = lane.write(
    'wrong.mjs',
    `export default { name: 'right', decode: ({ k }) => [...Array(k).keys()] }`,
  )
  const regressed = await on(READ_ONLY, ['gate', wrong, '--baseline', 'disk/slow.json', '--workers', '1'])
  lane.expect('read-only folder: a gate regresses', regressed.status === 1, () => told(regressed))
  lane.expect(
    'read-only folder: its cases are a warning',
    /warning: .*read-only/.test(regressed.stderr),
    () => told(regressed),
  )
  const toFull = ['sh', '-c', 'exec "$@" > /dev/full', 'sh']
  const printed = await lane.call(
    ['success', right, ...shape, '-d', '60', '--trials', '9', '--json', '--quiet'],
    toFull,
  )
  lane.expect('full standard output: one line', oneLine(printed, /full|space/), () => told(printed))
}
