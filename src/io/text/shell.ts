import { visible } from './visible.js'

/** Text as one word of a shell command, in one line and without a character that could hide or forge. */
export function quoted(text: string): string {
  if (/^[\w./-]+$/.test(text)) return text
  const bytes = new TextEncoder().encode(text)
  const wellFormed = new TextDecoder().decode(bytes)
  if (visible(wellFormed) === wellFormed) return `'${wellFormed.replaceAll("'", "'\\''")}'`
  return `$'${Array.from(bytes, byteText).join('')}'`
}

const byteText = (byte: number): string => {
  const character = String.fromCharCode(byte)
  return /[ -~]/.test(character) && !/['\\]/.test(character)
    ? character
    : `\\${byte.toString(8).padStart(3, '0')}`
}
