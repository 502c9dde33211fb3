import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { inSuites } from '../testing/suites.js'
import { tempFolder } from '../testing/temp-folder.js'

const files = tempFolder()
const main = fileURLToPath(new URL('main.js', import.meta.url))
const out = files.path('out')
const there = files.path('there')
mkdirSync(there)
for (const name of ['sensitivity.json', 'figure-5.svg']) writeFileSync(`${there}/${name}`, '{}')
const loaded = files.path('loaded')
/** It leaves a mark when it is loaded, and never answers. */
const slow = files.write(
  'slow.mjs',
  `import { writeFileSync } from 'node:fs'
writeFileSync(${JSON.stringify(loaded)}, '')
export default { name: 'slow', decode: () => new Promise((end) => setTimeout(end, 9000)) }`,
)
/** It does so too, and is never loaded. */
const loading = files.write(
  'loading.mjs',
  `import { writeFileSync } from 'node:fs'
writeFileSync(${JSON.stringify(loaded)}, '')
for (;;);`,
)
const cell = ['-N', '64', '-k', '3', '--only-own']

const cases: readonly (readonly [readonly string[], RegExp])[] = [
  [['check', slow], /nothing is kept: the same call examines the same instances/],
  [
    ['success', loading, ...cell.slice(0, 4), '-d', '40'],
    /nothing is kept: with --record FILE the same call/,
  ],
  [['verify'], /nothing is kept, and nothing was written: the same call begins anew, --claims/],
  [['sensitivity', 'top-k'], /nothing is kept, and nothing was written: --faults/],
  [['bench', 'workers'], /what was printed stands: dpb bench NAME/],
  [['baseline', slow, ...cell], /nothing is kept: with --record FILE the same call would go on/],
  // Its first cells may be done by then.
  [
    ['leaderboard', '--out', out],
    /nothing is kept: with --record FILE the same call would go on|finished cells are kept in '.*board\.json'/,
  ],
  [['sensitivity', 'top-k', '--out', there], /finished decoders are kept in '.*sensitivity\.json'/],
  [['figure', '5', '--out', there], /finished figures are kept in '.*': with --record FILE/],
  [['figure', 'readable', '--out', out], /nothing is kept, and nothing was written\n/],
  [['table', '--out', out], /nothing is kept: with --record FILE the same call would go on/],
]

/** Once the work has begun: where the decoder says so, or else after a while. */
async function begun(child: ChildProcess, args: readonly string[]): Promise<void> {
  const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
  if (![slow, loading].some((file) => args.includes(file))) return pause(4000)
  while (!existsSync(loaded) && child.exitCode === null) await pause(20)
}

for (const { cases: some, tags } of inSuites(cases)) {
  describe('Ctrl-C says what is kept and how to go on', { tags }, () => {
    test.each(some)('dpb %j', async (args, message) => {
      rmSync(loaded, { force: true })
      const child = spawn(process.execPath, [main, ...args], { cwd: files.path('.') })
      let said = ''
      child.stderr.on('data', (text) => (said += text))
      const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
      await begun(child, args)
      child.kill('SIGINT')
      expect(await ended, said).toBe(130)
      expect(said).toMatch(/^dpb: stopped; [^\n]*\n$/)
      expect(said).toMatch(message)
    })
  })
}

test('a command that waits for what never comes is an error of the run, and no silent exit', () => {
  const commander = createRequire(import.meta.url).resolve('commander')
  const never = files.write(
    'never.cjs',
    `require(${JSON.stringify(commander)}).Command.prototype.parseAsync = () => new Promise(() => {})`,
  )
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-r', never, main, 'decoders'], {
    encoding: 'utf8',
  })
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toMatch(
    /^dpb: the run failed, not the decoder: it waits for what will never come; [^\n]*\n$/,
  )
})
