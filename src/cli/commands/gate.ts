import { randomUUID } from 'node:crypto'
import type { Command } from 'commander'
import { type Baseline, baselinePath, judged, readBaseline } from '../../gate/baseline/baseline.js'
import { gateWithCases } from '../../gate/cases/gate-with-cases.js'
import { casesFolder } from '../../gate/cases/trial-case.js'
import type { GateVerdict } from '../../gate/gate-report.js'
import { InputError } from '../../io/input-error.js'
import { secondary } from '../../io/secondary.js'
import { quoted } from '../../io/text/shell.js'
import { warn } from '../../io/text/terminal.js'
import { requireWritable } from '../../io/writable.js'
import { writeWhole } from '../../io/write-atomic.js'
import { gateMarkdown } from '../../report/gate/gate-markdown.js'
import {
  falseAlarmText,
  type GateRun,
  gateCells,
  gateColumns,
  headline,
  powerTexts,
  replayText,
  verdictMark,
} from '../../report/gate/gate-text.js'
import { githubAnnotations } from '../../report/gate/github.js'
import { gateJunit } from '../../report/gate/junit.js'
import { appendStepSummary } from '../../report/gate/step-summary.js'
import { withSamplers } from '../../success/workers/open-sampler.js'
import { interruptible } from '../interrupt.js'
import { type LimitOptions, limitsOf, withLimitOptions } from '../limit-options.js'
import { parseFraction } from '../numbers.js'
import { colors, type OutputOptions, print } from '../output.js'
import { withProgress } from '../progress.js'
import { type RecordOption, withRecord, withRecordOption } from '../record-option.js'
import { table } from '../text-table.js'

interface Options extends OutputOptions, LimitOptions, RecordOption {
  readonly baseline?: string
  readonly tolerance?: number
  readonly dictionary?: string
  readonly junit?: string
  readonly markdown?: string
  readonly github?: boolean
  readonly fresh?: string | true
}

const exitCodes: Readonly<Record<GateVerdict, number>> = {
  unchanged: 0,
  equivalent: 0,
  improved: 0,
  regressed: 1,
  inconclusive: 3,
}

/** dpb gate: compare a decoder with its baseline. */
export const gateCommand = (command: Command) =>
  withRecordOption(withLimitOptions(command))
    .option('--baseline <file>', 'as dpb baseline wrote it (default: DECODER.baseline.json)')
    .option(
      '--tolerance <share>',
      'the drift to tolerate, no less than recorded (default: as recorded)',
      parseFraction,
    )
    .option('--dictionary <file>', 'where the file of the baseline is now; its hash must be the recorded one')
    .option('--fresh [seed]', 'repeat no recorded trial, for a decoder that may have learned them')
    .option('--junit <file>', 'write JUnit XML')
    .option('--markdown <file>', 'write a summary for a pull request')
    .option('--github', 'annotate on GitHub; $GITHUB_STEP_SUMMARY gets the summary in any case')
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no progress')
    .addHelpText(
      'after',
      '\nExit codes: 0 unchanged, equivalent or improved; 1 regressed; 3 inconclusive.\n' +
        '\nExamples:\n  dpb gate ./mine.mjs\n  dpb gate ./mine.mjs --tolerance 0.05 --junit gate.xml --github',
    )
    .action((decoder: string, options: Options) =>
      interruptible((signal) => gate(decoder, options, signal), { records: true, record: options.record }),
    )

async function gate(decoder: string, options: Options, signal: AbortSignal): Promise<void> {
  const { tolerance, junit, markdown, quiet, timeLimit } = options
  const fresh = options.fresh === true ? randomUUID() : options.fresh
  const path = options.baseline ?? baselinePath(decoder)
  const baseline = whereItIs(readBaseline(path), options)
  const { model } = baseline
  const limits = { ...limitsOf(options, decoder), ...(model && { model }) }
  requireWritable(...[junit, markdown].filter((file) => file !== undefined))
  const methods = baseline.cells.map(({ method }) => method)
  const { report, cases, resolved, notRun, warnings } = await withRecord(options.record, (keep) =>
    withSamplers(decoder, methods, limits, (opened) =>
      withProgress(decoder, Boolean(quiet), (onProgress) =>
        gateWithCases(decoder, judged(opened.map(keep), baseline), baseline, casesFolder(path), {
          ...(timeLimit && { timeLimit }),
          ...(tolerance && { tolerance }),
          ...(fresh !== undefined && { fresh }),
          onProgress,
          signal,
        }),
      ),
    ),
  )
  const run: GateRun = {
    report,
    decoder,
    seed: fresh ?? baseline.seed,
    model,
    command: command(decoder, { ...options, ...(fresh !== undefined && { fresh }) }),
    cases,
  }
  warnings.forEach(warn)
  print({ ...report, cases }, () => text(run, resolved, notRun), options)
  process.exitCode = exitCodes[report.verdict]
  try {
    if (junit !== undefined) writeWhole(junit, gateJunit(run))
    if (markdown !== undefined) writeWhole(markdown, gateMarkdown(run))
  } finally {
    tellGithub(run, options)
  }
}

/** The baseline, with its dictionary's file where it is now. */
function whereItIs(baseline: Baseline, { dictionary: file }: Options): Baseline {
  const { model } = baseline
  if (file === undefined) return baseline
  if (model === undefined || typeof model.dictionary === 'string') {
    throw new InputError('--dictionary is of a baseline over a file, which this one is not')
  }
  return { ...baseline, model: { ...model, dictionary: { ...model.dictionary, file } } }
}

/** The verdict stands, whatever becomes of these. */
function tellGithub(run: GateRun, { github }: Options): void {
  const summary = process.env.GITHUB_STEP_SUMMARY
  if (summary) secondary('write the step summary', () => appendStepSummary(summary, gateMarkdown(run)))
  if (github) process.stderr.write(`${githubAnnotations(run).join('\n')}\n`)
}

const command = (decoder: string, { baseline, tolerance, dictionary, fresh }: Options): string =>
  [
    `npx dpb gate ${quoted(decoder)}`,
    ...(baseline ? [`--baseline ${quoted(baseline)}`] : []),
    ...(tolerance ? [`--tolerance ${tolerance}`] : []),
    ...(dictionary ? [`--dictionary ${quoted(dictionary)}`] : []),
    ...(fresh ? [`--fresh ${quoted(String(fresh))}`] : []),
  ].join(' ')

function text(run: GateRun, resolved: readonly string[], notRun: readonly string[]): string[] {
  const { report } = run
  const { cells, verdict, notes, seconds } = report
  const colour = { 0: colors.green, 1: colors.red, 3: colors.yellow }[exitCodes[verdict]]!
  const replays = cells.flatMap((cell) => replayText(run, cell) ?? [])
  return [
    colour(`${verdictMark[verdict]} ${headline(report)}`),
    ...table(gateColumns, cells.map(gateCells)),
    ...notes,
    ...replays.map((one) => `a changed trial: ${one}`),
    ...(resolved.length > 0 ? [`cases that fail no more, removed: ${resolved.join(' ')}`] : []),
    ...(notRun.length > 0 ? [`cases that were not run, kept: ${notRun.join(' ')}`] : []),
    ...powerTexts(report),
    `${falseAlarmText(report)} ${seconds.toFixed(1)} s.`,
  ]
}
