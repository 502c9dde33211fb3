// Talks to the Stockfish that is installed, by the protocol UCI.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'

const PLACES = ['/usr/games/stockfish', '/usr/bin/stockfish', '/usr/local/bin/stockfish']

/** The engine's path, or undefined where none is installed. */
export const findEngine = (given) => (given === undefined ? PLACES : [given]).find((path) => existsSync(path))

/** The line that is said where there is no engine. */
export const MISSING =
  'Stockfish is not installed, so nothing was done: apt-get install stockfish (15.1), or give its path as --engine'

/** One running engine. */
export class Engine {
  #child
  #lines

  constructor(path) {
    this.#child = spawn(path, [], { stdio: ['pipe', 'pipe', 'ignore'] })
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]()
  }

  send(...commands) {
    this.#child.stdin.write(`${commands.join('\n')}\n`)
  }

  /** The lines up to the first that matches. */
  async until(pattern) {
    const lines = []
    for (;;) {
      const { value, done } = await this.#lines.next()
      if (done) throw new Error('the engine ended before it had answered')
      lines.push(value)
      if (pattern.test(value)) return lines
    }
  }

  /** Resolves when it has ended, and what it wrote is written. */
  async close() {
    const ended = once(this.#child, 'exit')
    this.#child.stdin.end('quit\n')
    await ended
  }
}
