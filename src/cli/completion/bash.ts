import type { CommandWords, Values } from './vocabulary.js'

/** A bash script that completes `dpb`; it needs nothing of the bash-completion package. */
export function bashCompletion(commands: readonly CommandWords[]): string {
  const afterOption = commands.flatMap(({ name, options }) =>
    options.flatMap(({ flags, value }) =>
      value ? [`    ${flags.map((flag) => `${name}:${flag}`).join(' | ')}) ${place(value)} ;;`] : [],
    ),
  )
  const afterCommand = commands.map(({ name, argument, options }) => {
    const words = [...(argument?.words ?? []), ...options.flatMap(({ flags }) => flags)]
    return `    ${name}:*) ${place({ files: argument?.files ?? false, list: false, words })} ;;`
  })
  return `# dpb for bash. In ~/.bashrc: eval "$(dpb completion bash)"
_dpb() {
  local word=\${COMP_WORDS[COMP_CWORD]} words='' files='' list='' head=''
  if ((COMP_CWORD == 1)); then words='${commands.map(({ name }) => name).join(' ')}'
  else case \${COMP_WORDS[1]}:\${COMP_WORDS[COMP_CWORD-1]} in
${[...afterOption, ...afterCommand].join('\n')}
  esac fi
  if [[ $list && $word == *,* ]]; then
    head="\${word%,*},"
    word=\${word##*,}
  fi
  COMPREPLY=($(compgen -P "$head" -W "$words" -- "$word"))
  if [[ $files ]]; then
    COMPREPLY+=($(compgen -f -- "$word"))
    compopt -o filenames 2> /dev/null
  fi
}
complete -F _dpb dpb dims-per-bit
`
}

const place = ({ words, files, list }: Values): string =>
  [`words='${words.join(' ')}'`, files && 'files=1', list && 'list=1'].filter(Boolean).join(' ')
