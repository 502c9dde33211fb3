import { readFileSync } from 'node:fs'
import { scriptJson } from '../io/text/html.js'
import type { Report } from '../results/report.js'

/** Bundled by the build from page/. */
const asset = (name: string): string => readFileSync(new URL(`assets/${name}`, import.meta.url), 'utf8')

/** No request of any kind: everything the page needs is in it. */
const policy =
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:"

const icon = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="M2 13h12M4 10h8M6 7h4M7.5 4h1" ' +
    'stroke="#1f5c99" stroke-width="2"/></svg>',
)}`

/** The page that shows a report: one file, which asks the network for nothing. */
export function reportHtml(report: Report): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>dims-per-bit: is the theory of superposition codes true?</title>
<link rel="icon" href="${icon}">
<style>${asset('page.css')}</style>
</head>
<body>
<noscript><p>This page is drawn by its own script. The same content as plain text is in report.md,
as data in report.json.</p></noscript>
<script type="application/json" id="report">${scriptJson(report)}</script>
<script>${asset('page.js').replaceAll('</script', '<\\/script')}</script>
</body>
</html>
`
}
