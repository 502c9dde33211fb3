import { parseHTML } from 'linkedom'
import { expect, test } from 'vitest'
import { recordBaseline } from '../../gate/baseline/record-baseline.js'
import { runGate } from '../../gate/gate.js'
import type { CellReport, GateReport } from '../../gate/gate-report.js'
import { synthetic } from '../../testing/synthetic-sampler.js'
import { gateMarkdown } from './gate-markdown.js'
import { atLeastText, bandText, evidenceText, type GateRun, percentText, replayText } from './gate-text.js'
import { githubAnnotations } from './github.js'
import { gateJunit } from './junit.js'

const cells = [8, 9].map((k) => ({ N: 256, k, method: 'simulation' as const, tolerance: 0.1 }))
const baseline = await recordBaseline([synthetic({ dimension: 200 })], { cells })
const gate = (dimension: number, noise = 1) => runGate([synthetic({ dimension, noise })], baseline)
const run = (report: GateReport, cases: readonly string[] = []): GateRun => ({
  report,
  decoder: './my decoder.mjs',
  seed: 'a b',
  command: "npx dpb gate './my decoder.mjs'",
  cases,
})
/** A regression by a trial whose message is made to break every format. */
const nasty = 'threw: 100 % | <b>&amp;"\u001b[31m\u0000 ]]> ::error::'
const broken = await gate(200, 0)
const withFault: GateReport = {
  ...broken,
  verdict: 'regressed',
  cells: broken.cells.map((cell, i): CellReport => {
    if (i > 0) return cell
    const { N, k } = cell
    const fault = { kind: 'throw' as const, message: nasty, N, k, d: 221, seed: 'a b', trial: 7 }
    return { ...cell, verdict: 'regressed', fault }
  }),
}

test.each([
  [0.049, '+4.9 %'],
  [-0.0031, '−0.31 %'],
  [0.00004, '±0 %'],
  [-0.00004, '±0 %'],
  [1.5, '+150.0 %'],
  [0.00996, '+1.00 %'],
])('a drift of %d is %s', (share, text) => expect(percentText(share)).toBe(text))

test('the neutral band is the tolerance; a probability is rounded down, and never to 1', () => {
  expect([0.02, 0.003, 0.15].map(bandText)).toEqual(['±2 %', '±0.3 %', '±15 %'])
  expect([1, 0.99999, 0.00009, 0.98765].map(atLeastText)).toEqual(['≥ 0.9999', '≥ 0.9999', '≥ 0', '≥ 0.9876'])
})

test('an interval is printed with as many digits as show on which side of the target it ends', () => {
  const side = (interval: [number, number]) => ({
    d: 9,
    verdict: 'below' as const,
    trials: 40,
    rate: { point: 0.4, interval, confidence: 0.99 },
    paired: { trials: 0, gains: 0, losses: 0 },
  })
  const cell = { ...broken.cells[0], lower: side([0.1, 0.2]), upper: side([0.3, 0.49996]) }
  expect(evidenceText({ ...cell, verdict: 'regressed' })).toMatch(
    /in \[0\.300, 0\.49996\] \(40 trials\) is below/,
  )
})

test('the Markdown has one table, of a row a cell, whatever a message holds; what replays it is quoted', () => {
  const page = gateMarkdown(run(withFault))
  const rows = page.split('\n').filter((line) => line.startsWith('|'))
  expect(rows).toHaveLength(2 + 2)
  for (const row of rows) expect(row.replaceAll('\\|', '').match(/\|/g)).toHaveLength(8)
  expect(page).toMatch(/^### ✗ dims per bit of synthetic regressed \(simulation at N = 2⁸, k = 8\)\n/)
  expect(page).toContain("Again: `npx dpb gate './my decoder.mjs'`")
  expect(page).toContain(
    "`npx dpb success './my decoder.mjs' -N 256 -k 8 -d 221 --method simulation --seed 'a b' --from 7 --trials 1`",
  )
  const [cell] = withFault.cells
  expect(replayText(run(withFault, ['x y/N256-k8-d221-trial7.json']), cell)).toBe(
    "npx dpb replay 'x y/N256-k8-d221-trial7.json'",
  )
})

test('each verdict in JUnit: regressed and inconclusive are failures; no character that XML forbids', async () => {
  const { document } = parseHTML(gateJunit(run(withFault)))
  const [suite] = document.querySelectorAll('testsuite')
  expect([suite.getAttribute('tests'), suite.getAttribute('failures')]).toEqual(['2', '1'])
  expect(document.querySelectorAll('testcase')).toHaveLength(2)
  const message = document.querySelector('failure')!.getAttribute('message')
  expect(message).toContain(
    'trial 7 at d = 221 broke the contract: threw: 100 % | <b>&amp;"\\u001b[31m\\u0000 ]]>',
  )
  const characters = Array.from(gateJunit(run(withFault)))
  expect(characters.filter((one) => one < ' ' && one !== '\n')).toEqual([])
  for (const [dimension, failures] of [
    [200, '0'],
    [160, '0'],
    [250, '1'],
  ] as const) {
    const xml = parseHTML(gateJunit(run(await gate(dimension)))).document
    expect(xml.querySelector('testsuite')!.getAttribute('failures')).toBe(failures)
  }
})

test('annotations: one a failed cell, each on one line, escaped as the runner asks', () => {
  const lines = githubAnnotations(run(withFault))
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(
    /^::error file=my decoder\.mjs,title=dims per bit regressed%3A simulation at N = 256%2C k = 8::drift –: .*100 %25 \| .*%0Areplay: npx dpb success /,
  )
  expect(lines[0]).not.toContain('\n')
  expect(githubAnnotations(run(broken))).toEqual([
    "::notice file=my decoder.mjs,title=dims per bit of synthetic unchanged::npx dpb gate './my decoder.mjs'",
  ])
  const inconclusive = { ...broken.cells[0], verdict: 'inconclusive' as const }
  expect(githubAnnotations(run({ ...broken, cells: [inconclusive] }))[0]).toMatch(/^::warning /)
})
