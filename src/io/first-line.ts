const LONGEST = 500

/** The first line of an error's message, or of whatever else was thrown, cut at 500 characters. Never throws. */
export function firstLine(error: unknown): string {
  const text = messageOf(error).split(/[\r\n]/, 1)[0]
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}

function messageOf(error: unknown): string {
  try {
    const message = error instanceof Error ? error.message : error
    return String(message)
  } catch {
    return 'a value that has no text'
  }
}
