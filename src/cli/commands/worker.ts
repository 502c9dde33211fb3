import { availableParallelism } from 'node:os'
import type { Command } from 'commander'
import { InputError } from '../../io/input-error.js'
import { errorLine } from '../../io/text/terminal.js'
import { queueAddress } from '../../success/queue/address.js'
import { type Allowed, BUILT_IN, parseAllowed } from '../../success/queue/allowed.js'
import type { LocalOptions } from '../../success/queue/compute-job.js'
import { builtInRevision } from '../../success/workers/built-in-revision.js'
import { openElsewhere } from '../../success/workers/open-sampler.js'
import { MANY } from '../limit-options.js'
import { parseWorkers } from '../numbers.js'
import { queueOption } from '../queue-option.js'

interface Options {
  readonly queue?: string
  readonly workers?: number
  readonly allowDecoders: Allowed
  readonly dictionary?: readonly string[]
  readonly quiet?: boolean
}

/** The share of the free memory that dictionaries may take. */
const MEMORY_SHARE = 0.8

/** dpb worker: run trials that come by a queue, until it is told to stop. */
export const workerCommand = (command: Command) =>
  command
    .addOption(queueOption('the Redis server, as redis://host:6379 or rediss://user:password@host:6379'))
    .option('--workers <n>', `jobs at a time ${MANY}`, parseWorkers)
    .option(
      '--allow-decoders <list>',
      'what may run here: built-in, files (JavaScript), programs, or hashes of decoders, separated by commas',
      parseAllowed,
      BUILT_IN,
    )
    .option(
      '--dictionary <files...>',
      'files that dictionaries of jobs may be in, known by their SHA-256 (default: none)',
    )
    .option('--quiet', 'say nothing but errors')
    .addHelpText(
      'after',
      [
        '\nExamples:',
        '  dpb worker --queue redis://localhost:6379',
        '  dpb worker --queue redis://localhost:6379 --dictionary sae_weights.safetensors',
        '  DPB_QUEUE=rediss://user:password@host:6379 dpb worker --allow-decoders built-in,files',
      ].join('\n'),
    )
    .action(work)

async function work(options: Options): Promise<void> {
  const { queue, workers: threads = availableParallelism(), allowDecoders: allowed, quiet } = options
  if (queue === undefined) throw new InputError('a worker needs a --queue, or DPB_QUEUE in its environment')
  const { serve } = await import('../../success/queue/serve.js')
  const { mutation } = await import('../../sensitivity/examine-mutant.js')
  const { DictionaryShelf } = await import('../../success/queue/dictionary-shelf.js')
  const shelf = await DictionaryShelf.of(options.dictionary ?? [])
  const stopping = new AbortController()
  const stop = () => {
    if (stopping.signal.aborted) process.exit(0)
    stopping.abort()
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  await serve({
    address: queueAddress(queue),
    version: builtInRevision(),
    threads,
    allowed,
    dictionaries: shelf.files,
    memory: (MEMORY_SHARE * process.availableMemory()) / threads,
    open: async (source, { mutant, ...rest }: LocalOptions) =>
      openElsewhere(source, {
        ...rest,
        opened: await shelf.opened(rest.model),
        workers: 1,
        ...(mutant !== undefined && { transform: mutation(mutant) }),
      }),
    say: (line) => {
      if (!quiet) process.stderr.write(errorLine(line))
    },
    signal: stopping.signal,
  })
  process.exit()
}
