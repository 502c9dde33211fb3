import type { Argument, Command, Option } from 'commander'

/** Words that may stand in a place: fixed ones, or a file. */
export interface Values {
  readonly words: readonly string[]
  /** Whether a file may stand there too. */
  readonly files: boolean
  /** Whether several may stand there, separated by commas. */
  readonly list: boolean
}

/** What may follow one command. */
export interface CommandWords {
  readonly name: string
  readonly description: string
  readonly argument?: Values
  readonly options: readonly OptionWords[]
}

export interface OptionWords {
  /** As typed: -N, --codewords. */
  readonly flags: readonly string[]
  readonly description: string
  /** Of an option that takes one. */
  readonly value?: Values
}

/** Names that only the rest of the program knows. */
export interface Names {
  readonly decoders: readonly string[]
  readonly claims: readonly string[]
}

/** The commands, options and values of a command line, for a shell to complete. */
export function vocabulary(root: Command, names: Names): CommandWords[] {
  const shared = root.options.filter(({ long }) => long !== '--version')
  return root.commands.map((command) => {
    const [argument] = command.registeredArguments
    return {
      name: command.name(),
      description: command.description(),
      ...(argument && { argument: argumentValues(argument, names) }),
      options: [...command.options, ...shared].map((option) => ({
        flags: [option.short, option.long].filter((flag) => flag !== undefined && flag !== null) as string[],
        description: option.description,
        ...((option.required || option.optional) && { value: optionValues(option, names) }),
      })),
    }
  })
}

function argumentValues(argument: Argument, { decoders }: Names): Values {
  const name = argument.name()
  if (argument.argChoices) return { words: argument.argChoices, files: false, list: false }
  return {
    words: name === 'decoder' ? decoders : [],
    files: /decoder|file|path|record/.test(name),
    list: false,
  }
}

function optionValues(option: Option, { claims }: Names): Values {
  const files = /<(file|dir|folder|path)>/.test(option.flags)
  const list = option.long === '--claims'
  return { words: list ? claims : (option.argChoices ?? []), files, list }
}
