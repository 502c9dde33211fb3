import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { stream } from '../../random/stream.js'
import { decoder } from './decoders.js'
import type { Lane } from './lane.js'

// Commands that keep a record are killed at random moments, and go on.

/** What of a result does not depend on how fast, or by how many runs, it was come to. */
const timeless = (json: string): string =>
  JSON.stringify(JSON.parse(json), (key, value) =>
    /seconds|msPerDecode/i.test(key) || key === 'checksum' || key === 'repeated' || key === 'firstTier'
      ? undefined
      : value,
  )

/** A command that keeps a record, killed at random moments, ends as it does undisturbed, and so does its record. */
async function killedAndResumed(
  lane: Lane,
  seed: string,
  name: string,
  args: readonly string[],
  kills: number,
) {
  const { uniform } = stream(seed, 'fault injection', name)
  const keeping = (record: string) => [...args, '--record', record, '--json', '--quiet']
  const whole = await lane.call(keeping('whole.jsonl'))
  lane.expect(`${name}: runs undisturbed`, whole.status === 0, () => `${whole.status} ${whole.stderr}`)
  if (whole.status !== 0) return
  for (let kill = 0; kill < kills; kill++) {
    await lane.killed(keeping('cut.jsonl'), 100 + uniform() * 1000 * Math.min(2, whole.seconds))
  }
  const resumed = await lane.call(keeping('cut.jsonl'))
  lane.expect(`${name}: the same after ${kills} kills`, same(resumed, whole), () => resumed.stderr)
  const bytes = (file: string) => readFileSync(lane.path(file), 'utf8')
  lane.expect(`${name}: the record is the same, byte for byte`, bytes('cut.jsonl') === bytes('whole.jsonl'))
  await lane.nothingLeft(name)
  for (const file of ['whole.jsonl', 'cut.jsonl']) rmSync(lane.path(file))
}

const same = (a: { readonly stdout: string }, b: { readonly stdout: string }): boolean =>
  a.stdout !== '' && timeless(a.stdout) === timeless(b.stdout)

const SLOW = 'for (const until = performance.now() + 1; performance.now() < until; );'
const shape = ['-N', '64', '-k', '3', '--workers', '1']

export async function killedDecoders(lane: Lane, seed: string): Promise<void> {
  const slow = decoder(lane, 'slow', SLOW)
  await killedAndResumed(lane, seed, 'measure', ['measure', slow, ...shape, '--precision', '0.15'], 10)
  const own = [...shape, '--only-own', '--tolerance', '0.25', '--out', 'slow.json']
  await killedAndResumed(lane, seed, 'baseline', ['baseline', slow, ...own], 8)
  lane.expect('baseline: it is written', existsSync(lane.path('slow.json')))
  cpSync(lane.path(slow), lane.path('copy.mjs'))
  const gate = ['gate', './copy.mjs', '--baseline', 'slow.json', '--workers', '1']
  await killedAndResumed(lane, seed, 'gate', gate, 6)
}

export async function killedLeaderboard(lane: Lane, seed: string): Promise<void> {
  const decoders = 'top-k,cosamp'
  const board = [
    '--sizes',
    '2^8',
    '--sparsities',
    '4',
    '--decoders',
    decoders,
    '--budget',
    '2',
    '--workers',
    '1',
  ]
  await killedAndResumed(lane, seed, 'leaderboard', ['leaderboard', ...board, '--out', 'board'], 6)
}
