import type { CommandWords, OptionWords, Values } from './vocabulary.js'

/** A zsh script that completes `dpb`. */
export function zshCompletion(commands: readonly CommandWords[]): string {
  return `#compdef dpb dims-per-bit
# dpb for zsh. In ~/.zshrc, after compinit: eval "$(dpb completion zsh)"
_dpb() {
  local -a commands=(
${commands.map(({ name, description }) => `    ${quoted(`${name}:${description}`)}`).join('\n')}
  )
  local state
  _arguments -C '1: :->command' '*:: :->rest'
  if [[ $state == command ]]; then
    _describe command commands
    return
  fi
  case $words[1] in
${commands.map(commandCase).join('\n')}
  esac
}
compdef _dpb dpb dims-per-bit
`
}

function commandCase({ name, argument, options }: CommandWords): string {
  const specs = [...options.flatMap(optionSpecs), ...(argument ? [quoted(`*: :${action(argument)}`)] : [])]
  return `    ${name}) _arguments ${specs.join(' ')} ;;`
}

/** A spec a flag; those of one option exclude each other. */
const optionSpecs = ({ flags, description, value }: OptionWords): string[] =>
  flags.map((flag) =>
    quoted(
      `(${flags.join(' ')})${flag}[${description.replace(/[[\]:]/g, '\\$&')}]${value ? `: :${action(value)}` : ''}`,
    ),
  )

function action({ words, files, list }: Values): string {
  if (list) return `_values -s , value ${words.join(' ')}`
  if (words.length === 0) return files ? '_files' : ' '
  return files
    ? `_alternative "names\\: \\:(${words.join(' ')})" "files\\: \\:_files"`
    : `(${words.join(' ')})`
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
