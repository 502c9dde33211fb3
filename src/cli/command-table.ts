import type { Command } from 'commander'

/** What the help says of a command, and where the rest of it is: one file a command in commands/. */
export interface CommandEntry {
  readonly name: string
  readonly description: string
  /** As on the command line, and what it is. */
  readonly argument?: readonly [flags: string, description?: string]
  /** The function that gives a command its options and its action. */
  load(): Promise<(command: Command) => void>
}

const decoder = [
  '<decoder>',
  "a built-in name, a file (.js, .mjs, .ts, .py, .jl, or any that can be run), or 'exec:' and a command",
] as const

const check: readonly CommandEntry[] = [
  {
    name: 'init',
    description: 'a decoder to start from, in Python, JavaScript, TypeScript, C++ or Julia',
    load: async () => (await import('./commands/init.js')).initCommand,
  },
  {
    name: 'check',
    description: 'the decoder contract, as properties with shrunk counterexamples',
    argument: decoder,
    load: async () => (await import('./commands/check.js')).checkCommand,
  },
  {
    name: 'sensitivity',
    description: 'plant faults of graded size in a decoder, and see what notices them',
    argument: ['<decoders...>', "built-in names, files, or commands: 'exec:python3 mine.py'"],
    load: async () => (await import('./commands/sensitivity.js')).sensitivityCommand,
  },
]

const measure: readonly CommandEntry[] = [
  {
    name: 'decoders',
    description: 'what there is: label, family, law and promise of every built-in decoder',
    load: async () => (await import('./commands/decoders.js')).decodersCommand,
  },
  {
    name: 'success',
    description: "a decoder's success rate at one N, k and d",
    argument: decoder,
    load: async () => (await import('./commands/success.js')).successCommand,
  },
  {
    name: 'measure',
    description: 'the dims per bit a decoder needs, with an interval',
    argument: decoder,
    load: async () => (await import('./commands/measure.js')).measureCommand,
  },
  {
    name: 'audit',
    description: 'norms, twins, coherence and spectrum of a dictionary of yours, and what cannot be read',
    argument: ['<file>', '.npy, .npz, .safetensors, model.safetensors.index.json, .csv or .tsv'],
    load: async () => (await import('./commands/audit.js')).auditCommand,
  },
  {
    name: 'capacity',
    description: 'the largest k that decoders read on a dictionary from a file',
    argument: ['<file>', '.npy, .npz, .safetensors (or the index of its shards), .csv or .tsv'],
    load: async () => (await import('./commands/capacity.js')).capacityCommand,
  },
  {
    name: 'merge',
    description: 'join records into one',
    argument: ['<records...>', 'files written by --record'],
    load: async () => (await import('./commands/merge.js')).mergeCommand,
  },
  {
    name: 'leaderboard',
    description: 'the dims per bit of every built-in decoder: leaderboard.json and .md',
    load: async () => (await import('./commands/leaderboard.js')).leaderboardCommand,
  },
]

const gate: readonly CommandEntry[] = [
  {
    name: 'baseline',
    description: 'record a decoder for the drift gate',
    argument: decoder,
    load: async () => (await import('./commands/baseline.js')).baselineCommand,
  },
  {
    name: 'gate',
    description: 'whether the dims per bit of a decoder have drifted from its baseline',
    argument: decoder,
    load: async () => (await import('./commands/gate.js')).gateCommand,
  },
  {
    name: 'replay',
    description: 'decode a failed trial again and show what there was to go by',
    argument: ['<case>', 'a file that dpb gate saved'],
    load: async () => (await import('./commands/replay.js')).replayCommand,
  },
]

const theory: readonly CommandEntry[] = [
  {
    name: 'plan',
    description: 'every bound, law and rule for one problem size',
    load: async () => (await import('./commands/plan.js')).planCommand,
  },
  {
    name: 'verify',
    description: 'check the claims of the paper, the reference point and the built-in decoders',
    load: async () => (await import('./commands/verify.js')).verifyCommand,
  },
]

const reports: readonly CommandEntry[] = [
  {
    name: 'figure',
    description: 'draw figures, each as SVG, CSV and JSON',
    argument: ['<ids...>', 'which: numbers of the paper, limits, visible, readable or recall-price'],
    load: async () => (await import('./commands/figure.js')).figureCommand,
  },
  {
    name: 'table',
    description:
      'd50 to half a percent (d50.json, d50.md), what can be read of noisy codes, or what recall costs',
    argument: ['[id]', 'd50, readable or recall-price'],
    load: async () => (await import('./commands/table.js')).tableCommand,
  },
  {
    name: 'report',
    description: 'the page, the Markdown and the JSON of stored results',
    load: async () => (await import('./commands/report.js')).reportCommand,
  },
]

const program: readonly CommandEntry[] = [
  {
    name: 'worker',
    description: 'run the trials of other machines that go to a queue',
    load: async () => (await import('./commands/worker.js')).workerCommand,
  },
  {
    name: 'bench',
    description: 'throughput of the kernels and the decoders on this machine',
    argument: ['[names...]', 'which benchmarks; all by default'],
    load: async () => (await import('./commands/bench.js')).benchCommand,
  },
  {
    name: 'completion',
    description: 'a script that teaches a shell to complete dpb',
    argument: ['<shell>'],
    load: async () => (await import('./commands/completion.js')).completionCommand,
  },
]

/** Every command, by the headings of the help. */
export const commandTable: Readonly<Record<string, readonly CommandEntry[]>> = {
  'Check a decoder:': check,
  'Measure it:': measure,
  'Gate its drift:': gate,
  'Theory:': theory,
  'Reports:': reports,
  'The program itself:': program,
}
