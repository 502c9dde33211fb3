import type { Page } from 'playwright-core'
import { test as always, beforeAll, expect } from 'vitest'
import { feasibilities } from '../../bounds/feasibility.js'
import { generalPlan } from '../../bounds/general/general-plan.js'
import { plan } from '../../bounds/plan.js'
import { IDEAL } from '../../codes/model/description.js'
import { reportPage } from '../../testing/report-page.js'
import { inSuites } from '../../testing/suites.js'

const { runs, open, noise } = await reportPage()
const test = always.skipIf(!runs)
let page: Page

beforeAll(async () => {
  page = await open()
})

const usual = { N: '2^20', k: '28', p: '0.01', d: '', noise: '0', amplitudes: 'constant', active: 'subset' }

/** Fill in the planner's form, with one event at the end. */
const ask = (question: Record<string, string>) =>
  page.locator('form').evaluate((form, question) => {
    for (const [name, value] of Object.entries(question))
      form.querySelector<HTMLInputElement>(`[name=${name}]`)!.value = value
    form.dispatchEvent(new Event('change'))
  }, question)

test('the planner gives the numbers of dpb plan', async () => {
  const questions: [string, string, string][] = [
    ['2^20', '28', '0.01'],
    ['131072', '100', '0.5'],
    ['256', '1', '0.001'],
    ['10^100', '1000', '1e-9'],
    ['100', '100', '0.25'],
    ['1000', '0', '0.01'],
    ['65536', '3', '1e-100'],
  ]
  for (const [N, k, p] of questions) {
    await ask({ N, k, p })
    const shown = await page
      .locator('[data-bound]')
      .evaluateAll((cells) =>
        cells.map((cell) => [cell.getAttribute('data-bound'), cell.getAttribute('data-dimension')]),
      )
    const number = (text: string) => Number(text.split('^')[0]) ** Number(text.split('^')[1] ?? 1)
    const { bounds } = plan({ N: number(N), k: number(k), p: Number(p) })
    expect(shown.map(([id]) => id)).toEqual(bounds.map(({ id }) => id))
    for (const [i, { kind, dimension }] of bounds.entries()) {
      if (dimension === null) expect(shown[i][1]).toBeNull()
      // Whole numbers to the unit; elsewhere another engine may differ in the last bits of an exponential, of which
      // the soft threshold's excess loses
      // a factor of t⁴, 2·10⁵ at N = 10^100, by cancellation.
      else if (kind === 'guarantee' || kind === 'converse') expect(Number(shown[i][1])).toBe(dimension)
      else expect(Number(shown[i][1]) / (dimension || 1)).toBeCloseTo(dimension ? 1 : 0, 10)
    }
  }
})

test('the planner says which decoders read d dimensions, and what is wrong with a question', async () => {
  await page.getByRole('button', { name: 'a sparse autoencoder' }).click()
  const rows = await page.locator('.feasibilities tbody tr').allTextContents()
  const expected = feasibilities(plan({ N: 131072, k: 32, p: 0.01 }), 768)
  expect(rows).toHaveLength(expected.length)
  expect(rows.find((row) => row.startsWith('top-k'))).toMatch(/no.*1325\.8 is missed/)
  for (const [value, message] of [
    ['2^^3', "N must be an integer of 1 or more, like 1048576, 1,048,576 or 2^20, not '2^^3'"],
    ['10', 'k must be at most N = 10, not 32'],
  ]) {
    await page.locator('input[name=N]').fill(value)
    await expect.poll(() => page.locator('[role=alert]').textContent()).toBe(message)
  }
  for (const [name, value, message] of [
    ['d', '1e3', "d must be an integer of 1 or more, like 1048576, 1,048,576 or 2^20, not '1e3'"],
    ['p', '100%', "p must be a share above 0 and below 1, as 0.01 or 1%, not '100%'"],
    ['noise', 'loud', "noise must be a share from 0 to below 1, as 0.1 or 10%, not 'loud'"],
    ['amplitudes', 'big', 'amplitudes must be'],
    ['active', 'most', 'active must be'],
  ]) {
    await ask({ ...usual, [name]: value })
    expect(await page.locator('[role=alert]').textContent()).toContain(message)
  }
})

test('the planner waits until the typing stops, and draws each sign of its legend', async () => {
  await ask(usual)
  const answers = await page.locator('#plan').evaluateHandle((plan) => {
    const seen = { count: 0 }
    new MutationObserver(() => seen.count++).observe(plan, { childList: true })
    return seen
  })
  await page.locator('input[name=d]').pressSequentially('1300', { delay: 20 })
  await expect.poll(() => page.url()).toContain('d=1300')
  expect(await answers.evaluate(({ count }) => count)).toBe(1)
  const signs = page.locator('#plan figcaption .sign')
  const shapes = await signs.evaluateAll((all) =>
    all.map((sign) => `${sign.getBoundingClientRect().width > 8} ${sign.innerHTML}`),
  )
  expect(new Set(shapes).size).toBe(5)
  expect(shapes.every((shape) => shape.startsWith('true'))).toBe(true)
  await ask(usual)
})

const questions = [
  [
    { N: '131,072', k: '64', p: '1%', d: '768', noise: '10%', amplitudes: 'half-normal' },
    { N: 131072, k: 64, p: 0.01, d: 768 },
    { noise: 0.1, amplitudes: 'half-normal' },
    'npx dpb plan -N 131072 -k 64 --p 0.01 -d 768 --noise 0.1 --amplitudes half-normal',
  ],
  [
    { N: '2^17', k: '32', d: '2,304', noise: '0.2', active: 'bernoulli' },
    { N: 2 ** 17, k: 32, p: 0.01, d: 2304 },
    { noise: 0.2, active: 'bernoulli' },
    'npx dpb plan -N 2^17 -k 32 --p 0.01 -d 2304 --noise 0.2 --active bernoulli',
  ],
] as const
for (const { cases, tags } of inSuites(questions)) {
  test.each(cases)(
    'the planner takes a model, and gives the numbers of dpb plan: %j',
    { tags },
    async (text, at, model, call) => {
      await ask({ ...usual, ...text })
      const { bounds, reading } = generalPlan({ ...at, model: { ...IDEAL, ...model } }, at.d)
      const shown = (name: string, value: string) =>
        page
          .locator(`#plan [data-${name}]`)
          .evaluateAll(
            (cells, [name, value]) =>
              cells.map((cell) => [cell.getAttribute(`data-${name}`), cell.getAttribute(`data-${value}`)]),
            [name, value],
          )
      const close = (found: (string | null)[][], expected: readonly (readonly [string, number | null])[]) => {
        expect(found.map(([id]) => id)).toEqual(expected.map(([id]) => id))
        for (const [i, [, value]] of expected.entries()) {
          if (value === null) expect(found[i][1]).toBeNull()
          // Roots of quadratures that are right to about 1e-8; engines differ in the last bits of an exponential.
          else expect(Number(found[i][1]) / value).toBeCloseTo(1, 7)
        }
      }
      close(
        await shown('bound', 'dimension'),
        bounds.map(({ id, dimension }) => [id, dimension]),
      )
      close(
        await shown('reader', 'recall'),
        reading!.readers.map(({ decoder, recall }) => [decoder, recall]),
      )
      const shares = await page
        .locator('#plan [data-share]')
        .evaluateAll((parts) => parts.map((part) => Number(part.getAttribute('data-share'))))
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9)
      expect(shares.at(-1)).toBeCloseTo(reading!.outOfReach, 9)
      expect(await page.locator('#plan .replay code').textContent()).toBe(call)
      // The address asks the same again.
      const again = await open(undefined, undefined, page.url())
      expect(await again.locator('#plan').textContent()).toBe(await page.locator('#plan').textContent())
      await again.close()
    },
  )
}

test('nothing was asked of the network, and nothing said on the console', () => {
  expect(noise).toEqual([])
})
