import { readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { test as always, beforeAll, expect } from 'vitest'
import { figure } from '../../testing/report-fixture.js'
import { reportPage } from '../../testing/report-page.js'
import { inSuites } from '../../testing/suites.js'
import { figureCsv } from '../csv.js'

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const { runs, open, out, noise } = await reportPage()
const test = always.skipIf(!runs)
let page: Page

beforeAll(async () => {
  page = await open()
})

const visibleRows = () =>
  page.locator('details.row:not([hidden])').evaluateAll((rows) => rows.map(({ id }) => id))

test('the first screen says what was checked, what came out and how sure it is', async () => {
  const text = await page.locator('header').textContent()
  for (const part of [
    'What was checked',
    '6 statements',
    'What came out',
    '2 of 6 statements hold, 1 holds in part, 1 is misprinted, 1 is false, 1 is undecided.',
    '1 verdict not as expected: wrong. Real decodes disagree with the rate given the members: threshold.',
    'top-k2.78[2.76, 2.80]',
    'How sure it is',
    'probability at most 10−6',
    'k of them are active in one code.',
  ]) {
    expect(text).toContain(part)
  }
  // A font need not have raised digits.
  expect(await page.locator('header sup').allTextContents()).toEqual(['−6', '20'])
  expect((await page.locator('header').boundingBox())!.height).toBeLessThan(900)
  expect(statSync(out).size).toBeLessThan(3e6)
})

test('the reference point, the leaderboard and the gate with their intervals and bands', async () => {
  expect(await page.locator('#reference tbody').textContent()).toMatch(
    /top-k1284\.4 \[1275\.0, 1294\.0\]2\.780 \[2\.759, 2\.801\]0\.500 \[0\.100, 0\.900\]24 trials at d = 1284.*1284 agree.*1284 differ/,
  )
  expect(await page.locator('#leaderboard tbody').textContent()).toMatch(
    /^matching pursuit10\.970\[0\.873, 1\.067\]3\.1\d174–10262\.5100threshold25\.740.*10271600 \[1500, 1700\]10262\.5100\*$/,
  )
  expect(await page.locator('#leaderboard .unreached').textContent()).toContain('ISTA: a decode takes 9 s')
  expect(await page.locator('#gate').textContent()).toMatch(
    /top-k: {2}unchanged.*2840\.52\.400 \[2\.380, 2\.420\]d = 66\.5±2 % d from 65 to 68±0 % unchanged200 recorded outcomes reproduced.*a drift of \+4\.0 %/,
  )
})

test('rows open by mouse, by keyboard and by link', async () => {
  const isOpen = (id: string) => page.locator(`#${id}`).evaluate((row) => (row as HTMLDetailsElement).open)
  await page.locator('#wrong > summary').click()
  expect(await page.locator('#wrong .finding').textContent()).toContain('fails for </script><b>&')
  expect(await page.locator('.row').evaluateAll((rows) => rows.map(({ id }) => id))).toEqual([
    'slip',
    'wrong',
    'open',
    'some',
    'first',
    'rate',
  ])
  await page.locator('#some > summary').press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  expect([await isOpen('rate'), await isOpen('slip')]).toEqual([true, false])
  expect(await page.locator('#rate .strip').count()).toBe(2)
  expect(await page.locator('#rate .finding').textContent()).toMatch(
    /\[0\.95, 1\][\s\S]*npx dpb verify --claims rate/,
  )
  await page.evaluate(() => {
    location.hash = '#slip'
  })
  await page.waitForSelector('#slip[open]')
  await page.locator('#first > summary').click()
  expect(await page.locator('#first dt').allTextContents()).toEqual([
    'nearest to the bound, as a share of it',
    'at',
  ])
  // A formula stays in one line.
  expect(await page.locator('#first .statement .formula').allTextContents()).toEqual([
    '|⟨fi, fj⟩| < 1/(2k)',
    'd ≥ 220',
  ])
  expect(await page.locator('#slip .facts a').last().getAttribute('href')).toBe('#plot-9')
})

test('filters by verdict, kind and words, by mouse and by keyboard', async () => {
  const press = (value: string) => page.locator(`.toggles button[data-value="${value}"]`)
  await press('empirical').click()
  expect(await visibleRows()).toEqual(['open', 'rate'])
  await press('supported').focus()
  await page.keyboard.press('Space')
  expect(await visibleRows()).toEqual(['rate'])
  expect(await page.locator('.status').textContent()).toBe('1 of 6 rows')
  await press('supported').click()
  await press('empirical').click()
  await press('in part').click()
  expect(await visibleRows()).toEqual(['some'])
  expect(await page.locator('#some .finding').textContent()).toMatch(
    /^holds for k ≥ 2; .*false alarm recorded tests, each at error 10−3 · /,
  )
  await press('in part').click()
  await page.locator('input[type=search]').fill('caption')
  expect(await visibleRows()).toEqual(['slip'])
  await page.locator('input[type=search]').fill('')
  expect(await visibleRows()).toHaveLength(6)
})

test('figures have their marks and labels, tell their values, and can be saved', async () => {
  const svg = page.locator('#plot-9 svg')
  expect(await svg.locator('[data-panel]').count()).toBe(2)
  for (const [mark, count] of [
    ['rect', 6],
    ['line', 3],
    ['dot', 2],
  ] as const) {
    const marks = svg.locator(`[data-mark=${mark}] > *`)
    expect(await marks.count(), mark).toBeGreaterThanOrEqual(count)
  }
  const text = (await svg.textContent())!
  for (const label of ['a map', 'curves', 'success rate', 'rule', 'measured', '2⁸', 'k', 'd'])
    expect(text).toContain(label)

  const at = async (panel: number, x: number, y: number) => {
    const box = (await svg.locator(`[data-panel="${panel}"] [data-mark=frame]`).boundingBox())!
    await page.mouse.move(box.x + x * box.width, box.y + (1 - y) * box.height)
    return page.locator('#plot-9 .tip').textContent()
  }
  await svg.scrollIntoViewIfNeeded()
  expect(await at(0, 0.5, 0.27)).toBe('k = 20, d = 128success rate 0, interval [0, 1]77 trials')
  expect(await at(1, 0.5, 0.5)).toBe('measuredk = 20d = 28, interval [250, 260]')

  const save = async (name: string) => {
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('#plot-9').getByRole('button', { name }).click(),
    ])
    return { name: saved.suggestedFilename(), text: readFileSync((await saved.path())!, 'utf8') }
  }
  expect(await save('CSV')).toEqual({ name: 'figure-9.csv', text: figureCsv(figure) })
  const saved = await save('SVG')
  expect(saved.name).toBe('figure-9.svg')
  expect(saved.text).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg".*success rate.*<\/svg>$/s)
})

test('what can be read is a part of the story: shares of one layer, iteration and nobody, and figures', async () => {
  const ids = await page.locator('main > section').evaluateAll((all) => all.map(({ id }) => id))
  expect(ids.slice(0, 4)).toEqual(['ledger', 'readable', 'planner', 'figures'])
  expect(await page.locator('#readable .shares').textContent()).toMatch(
    /^32\.2 % read by a one-layer encoder36\.6 % more by iteration.*27\.3 % by nobody/,
  )
  expect(await page.locator('#readable #plot-readable svg').count()).toBe(1)
  await page.locator('#readable a').click()
  await expect.poll(() => page.locator('input[name=noise]').inputValue()).toBe('10%')
  await expect.poll(() => page.locator('#plan [data-reader]').count()).toBeGreaterThan(4)
})

const schemes = [
  ['light', ['wcag2a', 'wcag2aa', 'best-practice']],
  ['dark', ['wcag2aa']],
] as const
for (const { cases, tags } of inSuites(schemes)) {
  test.each(cases)('on a %s phone nothing scrolls sideways and no one is shut out', { tags }, onPhone)
}

async function onPhone(scheme: 'light' | 'dark', tags: readonly string[]): Promise<void> {
  const phone = await open({ width: 360, height: 740 }, scheme)
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
  const folds = () =>
    phone.locator('details.fold').evaluateAll((all) => all.map((part) => (part as HTMLDetailsElement).open))
  const before = await folds()
  expect(before.filter(Boolean)).toHaveLength(3)
  // Paper has all of it, drawn.
  await phone.evaluate(() => dispatchEvent(new Event('beforeprint')))
  expect((await folds()).every(Boolean)).toBe(true)
  expect(await phone.locator('.stage:empty').count()).toBe(0)
  await phone.evaluate(() => dispatchEvent(new Event('afterprint')))
  expect(await folds()).toEqual(before)
  await phone.locator('.fold:has(#rate) > summary').click()
  await phone.locator('#rate > summary').click()
  await phone.addScriptTag({ path: axe })
  const { violations } = await phone.evaluate(
    (tags) => (globalThis as unknown as Axe).axe.run({ runOnly: tags }),
    tags,
  )
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([])
  await phone.close()
}

interface Axe {
  readonly axe: {
    run(options: { runOnly: readonly string[] }): Promise<{
      readonly violations: {
        readonly id: string
        readonly impact: string
        readonly nodes: { readonly html: string }[]
      }[]
    }>
  }
}

test('nothing was asked of the network, and nothing said on the console', () => {
  expect(noise).toEqual([])
})
