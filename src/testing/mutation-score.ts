import { readFileSync } from 'node:fs'
import { binomialInterval } from '../statistics/binomial-interval.js'

/**
 * The share of mutants that some test notices, by folder, from Stryker's report: of those that a test reaches as drawn
 * (MUTATION_SHARE), with its exact binomial interval, times the share of all that a test reaches.
 *
 *     node dist/src/testing/mutation-score.js .stryker-tmp/mutation.json
 */
interface Report {
  readonly files: Readonly<Record<string, { readonly mutants: readonly { readonly status: string }[] }>>
}

const CONFIDENCE = 0.95

const { files }: Report = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const folders = new Map<string, string[]>()
for (const [file, { mutants }] of Object.entries(files)) {
  const folder = file.split('/').slice(0, 2).join('/')
  folders.set(folder, [...(folders.get(folder) ?? []), ...mutants.map(({ status }) => status)])
}
console.log('| folder | mutants | reached | drawn | killed | never ended | survived | noticed | interval |')
console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- |')
for (const [folder, given] of folders) {
  const all = given.filter((status) => status !== 'Ignored')
  const count = (status: string) => all.filter((one) => one === status).length
  const reached = all.length - count('NoCoverage')
  const [killed, endless, survived] = [count('Killed'), count('Timeout'), count('Survived')]
  const drawn = killed + endless + survived
  const { point, interval } = binomialInterval(killed + endless, drawn, CONFIDENCE)
  const percent = (share: number) => `${((100 * share * reached) / all.length).toFixed(1)} %`
  const cells = [folder, all.length, reached, drawn, killed, endless, survived, percent(point)]
  console.log(`| ${[...cells, interval.map(percent).join(' … ')].join(' | ')} |`)
}
