import { type Command, Help, type Option } from 'commander'

/** Options as the help lists them: what must be given, then what has a letter, which is the problem's size. */
function visibleOptions(this: Help, command: Command): Option[] {
  const rank = ({ mandatory, short }: Option) =>
    mandatory ? 0 : short && short !== '-h' && short !== '-V' ? 1 : 2
  return Help.prototype.visibleOptions.call(this, command).toSorted((a, b) => rank(a) - rank(b))
}

/** What an option is, whether it must be given, what it may be, and what it is unless given. */
function optionDescription(option: Option): string {
  const { mandatory, argChoices, defaultValue, defaultValueDescription, envVar } = option
  // One that is found out later is told by the description itself.
  const [, what, later] = /^(.*?)(?: \(default: (.*)\))?$/.exec(option.description)!
  const given = option.isBoolean() ? undefined : (defaultValueDescription ?? defaultValue)
  const usual = later ?? given
  const extra = [
    mandatory && 'required',
    argChoices && `one of ${argChoices.join(', ')}`,
    usual !== undefined && `default: ${usual}`,
    envVar !== undefined && `or in ${envVar}`,
  ].filter(Boolean)
  return extra.length > 0 ? `${what} (${extra.join('; ')})` : what
}

/** How the help of every command is written. */
export const helpStyle = { visibleOptions, optionDescription }
