import type { Command } from 'commander'
import { bashCompletion } from '../completion/bash.js'
import { fishCompletion } from '../completion/fish.js'
import { vocabulary } from '../completion/vocabulary.js'
import { zshCompletion } from '../completion/zsh.js'

const scripts = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion }

type Shell = keyof typeof scripts

/** dpb completion: a script by which a shell completes commands, options, decoders and claims. */
export function completionCommand(command: Command): void {
  const [shell] = command.registeredArguments
  shell.choices(Object.keys(scripts))
  command
    .addHelpText(
      'after',
      '\nExamples:\n  eval "$(dpb completion bash)"     in ~/.bashrc; zsh in ~/.zshrc\n  dpb ' +
        'completion fish | source      in ~/.config/fish/config.fish',
    )
    .action(async (shell: Shell, _options: unknown, command: Command) => {
      const { builtInDecoders } = await import('../../decoders/built-in.js')
      const { ledger } = await import('../../../properties/ledger.js')
      const names = { decoders: builtInDecoders.map(({ name }) => name), claims: ledger.map(({ id }) => id) }
      process.stdout.write(scripts[shell](vocabulary(command.parent!, names)))
    })
}
