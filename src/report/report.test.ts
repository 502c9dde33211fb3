import { mkdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { markdown } from '../io/text/markdown.js'
import { callCli } from '../testing/call-cli.js'
import { figure, leaderboard, verification } from '../testing/report-fixture.js'
import { tempFolder } from '../testing/temp-folder.js'

const folder = tempFolder()

test('dpb report writes the page, Markdown and JSON of what is stored', async () => {
  mkdirSync(folder.path('figures'))
  folder.write('verify.json', JSON.stringify(verification))
  folder.write('figures/figure-9.json', JSON.stringify(figure))
  folder.write('leaderboard.json', JSON.stringify(leaderboard))
  const { status, stdout } = await callCli('report', '--from', folder.path('.'), '--json')
  expect(status).toBe(0)
  const { files } = JSON.parse(stdout)
  expect(files.map((path: string) => path.split('/').at(-1))).toEqual([
    'index.html',
    'report.md',
    'report.json',
  ])
  expect(JSON.parse(readFileSync(files[2], 'utf8'))).toEqual({
    verify: verification,
    figures: [figure],
    leaderboard,
    labels: expect.objectContaining({ cosamp: 'CoSaMP' }),
  })

  const lines = readFileSync(files[1], 'utf8').split('\n')
  expect(lines.join('\n')).toContain(
    '**What came out.** 2 of 6 statements hold, 1 holds in part, 1 is misprinted, 1 is false, 1 is undecided.',
  )
  for (const { id, evidence } of verification.claims) {
    const row = lines.find((line) => line.includes(`\`${id}\``))!
    expect(row).toContain(markdown(evidence))
    expect(row.replaceAll('\\|', '').match(/\|/g), id).toHaveLength(9)
  }
  expect(lines).toContain('![Success of a decoder](figures/figure-9.svg)')
  expect(lines).toContain('* no row for ista: a decode takes 9 s')
  expect(lines.some((line) => line.startsWith('| matching-pursuit | 1 | 0.970 | [0.873, 1.067] |'))).toBe(
    true,
  )
})

test.each([
  ['nothing', undefined, /^dpb: there is no '.*verify\.json'; npm run verify makes it\n$/],
  ['half', '{"claims": [', /^dpb: the verification '.*verify\.json' is cut short\n$/],
  ['other', '{"claims": []}', /^dpb: the verification '.*verify\.json' is malformed: version: .*\n$/],
])('a folder with %s of a result is refused in one line', async (name, text, message) => {
  mkdirSync(folder.path(name))
  if (text !== undefined) folder.write(`${name}/verify.json`, text)
  const { status, stderr } = await callCli('report', '--from', folder.path(name))
  expect([status, stderr]).toEqual([2, expect.stringMatching(message)])
})
