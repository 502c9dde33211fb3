import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sameSubset } from '../../src/codes/subset.js'
import { drawTrial, type Shape } from '../../src/codes/trial.js'
import { builtInDecoder } from '../../src/decoders/built-in.js'
import { quoted } from '../../src/io/text/shell.js'
import { writeWhole } from '../../src/io/write-atomic.js'
import { median } from '../../src/numerics/median.js'
import { processReader } from '../../src/success/processes/process-reader.js'

// Decoders that others wrote against the built-in ones, on the same trials: reports/peers.json and .md.

const SEED = 'peers'
const PYTHON = process.env.PYTHON ?? '/usr/bin/python3'
const PEERS = fileURLToPath(new URL('../../../bench/peers/peers.py', import.meta.url))

interface Pair {
  readonly peer: string
  readonly builtIn: string
  readonly shape: Shape
  readonly trials: number
}

/** Near even odds, where a difference shows. */
const pursuit = { N: 1024, k: 8, d: 68 }
const lasso = { N: 256, k: 8, d: 48 }

const pairs: readonly Pair[] = [
  { peer: 'matching-pursuit', builtIn: 'matching-pursuit', shape: pursuit, trials: 400 },
  {
    peer: 'matching-pursuit-projection',
    builtIn: 'matching-pursuit-projection',
    shape: pursuit,
    trials: 400,
  },
  {
    peer: 'matching-pursuit-projection-exact',
    builtIn: 'matching-pursuit-projection',
    shape: pursuit,
    trials: 400,
  },
  { peer: 'sklearn-omp', builtIn: 'orthogonal-matching-pursuit-magnitude', shape: pursuit, trials: 400 },
  { peer: 'sklearn-omp', builtIn: 'orthogonal-matching-pursuit', shape: pursuit, trials: 400 },
  { peer: 'cosamp', builtIn: 'cosamp', shape: pursuit, trials: 400 },
  { peer: 'subspace-pursuit', builtIn: 'subspace-pursuit', shape: pursuit, trials: 400 },
  { peer: 'amp', builtIn: 'amp-bernoulli', shape: pursuit, trials: 400 },
  { peer: 'sklearn-lars', builtIn: 'bpdn', shape: lasso, trials: 150 },
  { peer: 'sklearn-lasso', builtIn: 'bpdn', shape: lasso, trials: 150 },
]

/** What a peer says of one decode. */
interface Note {
  readonly seed: number
  readonly seconds: number
  readonly early?: boolean
  readonly iterations?: number
}

interface PeerRow extends Pair {
  /** Trials in which the two answers are other sets, by number. */
  readonly otherAnswers: readonly number[]
  /** Trials that one of the two reads right and the other does not, by number. */
  readonly otherOutcomes: readonly number[]
  readonly successes: { readonly peer: number; readonly builtIn: number }
  /** Medians of the decodes themselves, milliseconds: in Python without expanding the signs, and in this process. */
  readonly milliseconds: { readonly peer: number; readonly builtIn: number }
  /** Trials in which the peer stopped before its end, by number. */
  readonly early?: readonly number[]
  readonly iterations?: { readonly median: number; readonly most: number }
}

async function compare(pair: Pair, folder: string): Promise<PeerRow> {
  const { peer, builtIn, shape, trials } = pair
  const log = join(folder, `${peer}-${builtIn}`)
  const reader = await processReader(`exec:${PYTHON} ${quoted(PEERS)} ${peer} --log ${quoted(log)}`, {
    timeLimit: 120_000,
  })
  const decoder = builtInDecoder(builtIn)!
  const row = {
    otherAnswers: [] as number[],
    otherOutcomes: [] as number[],
    times: [] as number[],
    peer: 0,
    builtIn: 0,
  }
  try {
    for (let trial = 0; trial < trials; trial++) {
      const drawn = drawTrial(shape, SEED, trial)
      const outcome = await reader.read(drawn)
      if (outcome.kind !== 'answer') throw new Error(`${peer}, trial ${trial}: ${JSON.stringify(outcome)}`)
      const start = performance.now()
      const own = Array.from(await decoder.decode(drawn.problem))
      row.times.push(performance.now() - start)
      const [theirs, ours] = [outcome.indices, own].map((answer) => sameSubset(answer, drawn.subset))
      row.peer += Number(theirs)
      row.builtIn += Number(ours)
      if (theirs !== ours) row.otherOutcomes.push(trial)
      if (!sameSubset(outcome.indices, own)) row.otherAnswers.push(trial)
    }
  } finally {
    await reader.close()
  }
  const notes: Note[] = readFileSync(log, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  return {
    ...pair,
    otherAnswers: row.otherAnswers,
    otherOutcomes: row.otherOutcomes,
    successes: { peer: row.peer, builtIn: row.builtIn },
    milliseconds: { peer: 1000 * median(notes.map(({ seconds }) => seconds)), builtIn: median(row.times) },
    ...said(notes),
  }
}

function said(notes: readonly Note[]): Pick<PeerRow, 'early' | 'iterations'> {
  const iterations = notes.flatMap((note) => note.iterations ?? [])
  // The log has a line a trial, in order.
  const early = notes.flatMap((note, trial) => (note.early ? [trial] : []))
  return {
    ...(notes.some((note) => note.early !== undefined) && { early }),
    ...(iterations.length > 0 && {
      iterations: { median: median(iterations), most: Math.max(...iterations) },
    }),
  }
}

const COMMAND = 'npm run peers'

const msText = (ms: number): string => (ms < 99.5 ? ms.toPrecision(2) : ms.toFixed(0))

function markdown(rows: readonly PeerRow[]): string {
  const head =
    '| peer | built in | N, k, d | trials | other answers | other outcomes | right: peer, built in | ' +
    'ms: peer, built in | said of itself |'
  const lines = rows.map(({ peer, builtIn, shape: { N, k, d }, trials, ...row }) => {
    const { otherAnswers, otherOutcomes, successes, milliseconds, early, iterations } = row
    const notes = [
      ...(early ? [`stopped early in ${early.length}`] : []),
      ...(iterations ? [`${iterations.median} iterations (median), ${iterations.most} at most`] : []),
    ]
    const times = [milliseconds.peer, milliseconds.builtIn].map(msText).join(', ')
    return (
      `| ${peer} | ${builtIn} | ${N}, ${k}, ${d} | ${trials} | ${otherAnswers.length} | ` +
      `${otherOutcomes.length} | ${successes.peer}, ${successes.builtIn} | ${times} | ` +
      `${notes.join('; ')} |`
    )
  })
  return [
    '# The built-in decoders against those of others',
    '',
    'Decoders of scikit-learn, and ones written in numpy from the papers alone ' +
      '([bench/peers/peers.py](../bench/peers/peers.py)), read the same trials as the built-in decoders, ' +
      `through the bridge of [docs/protocol.md](../docs/protocol.md). \`${COMMAND}\` remakes this page ` +
      'and the .json beside it, which names the trials that differ.',
    '',
    head,
    `|${' --- |'.repeat(head.split('|').length - 2)}`,
    ...lines,
    '',
    'Answers are compared as sets, wrong ones too. Times are medians of the decode alone, by the ' +
      'clock: in Python one thread of BLAS, without expanding the signs; built in one code at a time in ' +
      'this process, with nothing expanded.',
    ...findings(rows),
    '',
  ].join('\n')
}

/** Answers that differ where the peer stopped early. */
const both = ({ early = [], otherAnswers }: PeerRow): number =>
  otherAnswers.filter((trial) => early.includes(trial)).length

/** What the rows say, as far as they do. */
function findings(rows: readonly PeerRow[]): string[] {
  const of = (peer: string, builtIn: string) =>
    rows.find((row) => row.peer === peer && row.builtIn === builtIn)!
  const pursuitRow = of('matching-pursuit', 'matching-pursuit')
  const [floats, exact] = ['', '-exact'].map((how) =>
    of(`matching-pursuit-projection${how}`, 'matching-pursuit-projection'),
  )
  const byMagnitude = of('sklearn-omp', 'orthogonal-matching-pursuit-magnitude')
  const byValue = of('sklearn-omp', 'orthogonal-matching-pursuit')
  const lars = of('sklearn-lars', 'bpdn')
  const descent = of('sklearn-lasso', 'bpdn')
  return [
    '',
    `- Matching pursuit: ${pursuitRow.otherAnswers.length} of ${pursuitRow.trials} answers differ; ` +
      `with the projection step ${exact.otherAnswers.length} of ${exact.trials} from a peer in exact arithmetic, and ` +
      `${floats.otherAnswers.length} from one in doubles, which breaks exact ties.`,
    `- scikit-learn's \`orthogonal_mp\` ranks by magnitude: ${byMagnitude.otherAnswers.length} of ` +
      `${byMagnitude.trials} answers differ from that variant, ${both(byMagnitude)} of them where it ` +
      `says that it ended early; ${byValue.otherAnswers.length} from the one by value.`,
    `- Its \`lars_path\` stops before α = 10⁻⁵ in ${lars.early?.length} of ${lars.trials} runs: ` +
      `${both(lars)} of the ${lars.otherAnswers.length} answers that differ are of these.`,
    `- Its coordinate descent, \`Lasso\` with tol = 10⁻¹⁰, takes ${descent.iterations?.median} ` +
      `iterations in the median and ${descent.iterations?.most} at most, of 200,000 allowed.`,
  ]
}

const folder = mkdtempSync(join(tmpdir(), 'dims-per-bit-peers-'))
const rows: PeerRow[] = []
try {
  for (const pair of pairs) {
    rows.push(await compare(pair, folder))
    const { peer, builtIn, trials, otherAnswers, otherOutcomes, early, iterations } = rows.at(-1)!
    process.stderr.write(
      `${peer} against ${builtIn}: ${otherAnswers.length} and ${otherOutcomes.length} of ${trials} ` +
        `differ; ${JSON.stringify({ early: early?.length, iterations })}\n`,
    )
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
mkdirSync('reports', { recursive: true })
writeWhole('reports/peers.json', `${JSON.stringify({ command: COMMAND, seed: SEED, rows }, null, 1)}\n`)
writeWhole('reports/peers.md', markdown(rows))
