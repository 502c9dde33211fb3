import type { Command } from 'commander'
import { builtInDecoders } from '../../decoders/built-in.js'
import { type OutputOptions, print } from '../output.js'
import { table } from '../text-table.js'

/** The k at which a promise is shown. */
const AT = 8

/** dpb decoders: what may stand wherever a decoder's name may. */
export const decodersCommand = (command: Command) =>
  command
    .option('--json', 'one JSON document on standard output')
    .addHelpText('after', '\nExample:\n  dpb decoders')
    .action((options: OutputOptions) => {
      const decoders = builtInDecoders.map(
        ({ name, label, family, law, coherenceGuarantee, sizeVaries, conditional, source }) => ({
          name,
          label,
          family,
          law: law ?? null,
          coherenceGuarantee: coherenceGuarantee?.(AT) ?? null,
          sizeVaries: sizeVaries ?? false,
          conditional: conditional !== undefined,
          source,
        }),
      )
      const rows = decoders.map((one) => [
        one.name,
        one.label,
        one.family,
        one.conditional ? 'conditional' : 'simulation',
        one.law ?? '–',
        one.coherenceGuarantee === null
          ? '–'
          : `every ${AT}-subset at coherence < ${one.coherenceGuarantee.toFixed(3)}`,
      ])
      print(
        { k: AT, decoders },
        () => [
          ...table(['decoder', 'label', 'family', 'method', 'law of plan', 'promise'], rows),
          'threshold:τ names what reaches the bar τ, relative-threshold:τ what reaches τ·‖X‖/√d, for any number τ.',
          'A file or a command may stand for a decoder too: dpb init LANGUAGE writes one to start from.',
        ],
        options,
      )
    })
