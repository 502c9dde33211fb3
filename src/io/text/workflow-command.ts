import { visibleLines } from './visible.js'

/** A workflow command of GitHub's, its special characters escaped as the runner asks. */
export function workflowCommand(
  kind: string,
  properties: Readonly<Record<string, string>>,
  message: string,
): string {
  const escaped = (text: string) => visibleLines(text).replaceAll('%', '%25').replaceAll('\n', '%0A')
  const property = (text: string) => escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
  const list = Object.entries(properties).map(([name, value]) => `${name}=${property(value)}`)
  return `::${kind} ${list.join(',')}::${escaped(message)}`
}
