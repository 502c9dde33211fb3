import { expect } from 'vitest'

/** What the call throws, in one line of a RangeError and nothing else; `taken` where it throws nothing. */
export function refusal(call: () => unknown): string {
  try {
    call()
  } catch (error) {
    return lineOf(error)
  }
  return 'taken'
}

/** The same of a call that may also reject. */
export async function rejection(call: () => unknown): Promise<string> {
  try {
    await call()
  } catch (error) {
    return lineOf(error)
  }
  return 'taken'
}

function lineOf(error: unknown): string {
  expect(error).toBeInstanceOf(RangeError)
  const { message } = error as RangeError
  expect(message).not.toMatch(/\n|undefined is not|Cannot|is not a function|Invalid/)
  return message
}
