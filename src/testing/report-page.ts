import { mkdirSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { writeReport } from '../report/write-report.js'
import { storedResults } from '../results/stored.js'
import { figure, leaderboard, verification } from './report-fixture.js'
import { tempFolder } from './temp-folder.js'
import { findBrowser } from './tools.js'

/** The fixture's report, for as long as the test file lives; where no browser runs, its tests are skipped. */
export async function reportPage() {
  const folder = tempFolder()
  const out = folder.path('index.html')
  const browser = await findBrowser()
  /** Whatever the page asked of the network or said on the console. */
  const noise: string[] = []
  beforeAll(() => {
    mkdirSync(folder.path('figures'))
    folder.write('figures/figure-9.json', JSON.stringify(figure))
    folder.write('figures/figure-readable.json', JSON.stringify({ ...figure, id: 'readable' }))
    folder.write('leaderboard.json', JSON.stringify(leaderboard))
    folder.write('d50.json', JSON.stringify(leaderboard))
    writeReport({ verify: verification, ...storedResults(folder.path('.')) }, out)
  })
  afterAll(() => browser?.close())
  const url = pathToFileURL(out).href
  return {
    out,
    noise,
    /** Whether a browser runs. */
    runs: browser !== undefined,
    async open(
      viewport = { width: 1280, height: 900 },
      colorScheme: 'light' | 'dark' = 'light',
      address = url,
    ): Promise<Page> {
      const opened = await browser!.newPage({ viewport, colorScheme })
      opened.on('console', (message) => noise.push(message.text()))
      opened.on('pageerror', (error) => noise.push(error.message))
      opened.on('request', (request) => request.url().startsWith(url) || noise.push(request.url()))
      await opened.goto(address)
      await opened.waitForSelector('#plan [data-bound]', { state: 'attached' })
      // At an address of the planner's nobody looks at figures.
      if (address === url) await opened.waitForSelector('#plot-9 svg')
      return opened
    },
  }
}
