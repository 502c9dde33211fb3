import { execFileSync } from 'node:child_process'

/** The words that a shell makes of a command's text. */
export const shellWords = (text: string): string[] =>
  execFileSync('bash', ['-s'], { input: `printf '%s\\0' ${text}` })
    .toString()
    .split('\0')
    .slice(0, -1)
