import type { Command } from 'commander'
import { mergeRecords } from '../../success/records/merge.js'
import { type OutputOptions, print } from '../output.js'

/** dpb merge: join the records of shards, or of runs on several machines. */
export const mergeCommand = (command: Command) =>
  command
    .requiredOption('--out <file>', 'the joined record; the same bytes whatever the order of the parts')
    .option('--json', 'one JSON document on standard output')
    .addHelpText('after', '\nExample:\n  dpb merge part-1.jsonl part-2.jsonl --out all.jsonl')
    .action((records: string[], { out, ...output }: OutputOptions & { out: string }) => {
      mergeRecords(records, out)
      print({ records, out }, () => [`${out}: ${records.length} records joined`], output)
    })
