import type { CommandWords, OptionWords, Values } from './vocabulary.js'

/** A fish script that completes `dpb`. */
export function fishCompletion(commands: readonly CommandWords[]): string {
  const lines = commands.flatMap(({ name, description, argument, options }) => {
    const within = `-n '__fish_seen_subcommand_from ${name}'`
    return [
      `-n __fish_use_subcommand -f -a ${name} -d ${quoted(description)}`,
      ...(argument ? [`${within} ${place(argument)}`] : [`${within} -f`]),
      ...options.map((option) => `${within} ${optionPart(option)}`),
    ]
  })
  return `# dpb for fish. In ~/.config/fish/config.fish: dpb completion fish | source
for program in dpb dims-per-bit
${lines.map((line) => `    complete -c $program ${line}`).join('\n')}
end
`
}

function optionPart({ flags, description, value }: OptionWords): string {
  const names = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`))
  return [...names, value ? `-r ${place(value)}` : '', `-d ${quoted(description)}`].filter(Boolean).join(' ')
}

function place({ words, files, list }: Values): string {
  const text = list ? `(__fish_append , ${words.join(' ')})` : words.join(' ')
  return [files ? '-F' : '-f', words.length > 0 ? `-a ${quoted(text)}` : ''].filter(Boolean).join(' ')
}

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
