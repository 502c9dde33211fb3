import type { Writable } from 'node:stream'
import { type DecodeRequest, type Encoded, encoded, type Hello } from './command-protocol.js'
import { DictionaryFiles } from './dictionary-files.js'

/**
 * Problems that a program which takes one at a time is sent before it has answered, so that it need not wait for this
 * process; two of them where their dictionaries take more bytes.
 */
const AHEAD = 32
const AHEAD_BYTES = 2 ** 22
/** Bytes that are written in one go. */
const TOGETHER = 2 ** 14

/** A message that waits for its answer, or to be written. */
interface Prepared extends Encoded {
  readonly id: number
  readonly requests: DecodeRequest[]
}

/** Messages that a program answers in turn. */
export interface MessageStream {
  /** The message whose answer is next, and its number; there is one unless all are answered. */
  readonly asked: readonly DecodeRequest[]
  readonly id: number
  readonly done: boolean
  /** The message whose answer is next, and those after it that are drawn already. */
  readonly unanswered: DecodeRequest[][]
  /** That one is answered. */
  goOn(): void
}

/** What a program is sent, with the dictionaries in files that it is told of. */
export class CommandInput {
  readonly #stdin: Writable
  readonly #files = new DictionaryFiles()
  #sent = 0

  constructor(stdin: Writable) {
    this.#stdin = stdin
    stdin.on('error', () => {})
  }

  /** Send messages, of up to `batch` problems each, some of them ahead of the answers where they are of one. */
  stream(messages: Iterator<DecodeRequest[]>, { batch, offset }: Hello): MessageStream {
    const window = batch === 1 ? AHEAD : 1
    const prepared: Prepared[] = []
    let [written, bytes, ended] = [0, 0, false]
    const write = () => {
      while (written < Math.min(window, prepared.length)) this.#write(prepared[written++].bytes)
    }
    const prepare = () => {
      while (!ended && (prepared.length < 2 || (prepared.length < window && bytes < AHEAD_BYTES))) {
        const { value: requests, done } = messages.next()
        if (done) ended = true
        else {
          const one = this.#prepare(requests, offset)
          prepared.push(one)
          bytes += one.size
          write()
        }
      }
    }
    prepare()
    return {
      get asked() {
        return prepared[0].requests
      },
      get id() {
        return prepared[0].id
      },
      get done() {
        return prepared.length === 0
      },
      get unanswered() {
        return prepared.map(({ requests }) => requests)
      },
      goOn: () => {
        bytes -= prepared.shift()!.size
        written--
        write()
        // Many at a time, so that neither side is woken for each.
        if (prepared.length >= 2 && prepared.length > window / 2) return
        const open = prepared.flatMap(({ requests }) => requests.map(({ problem }) => problem.dictionary.id))
        this.#files.release(new Set(open))
        prepare()
      },
    }
  }

  /** Announce whatever dictionary comes next, as to a program that has none. */
  forgetDictionaries(): void {
    this.#files.releaseAll()
  }

  close(): void {
    this.#stdin.destroy()
    this.#files.close()
  }

  /** Several in one go where they come at once, which costs far less; the first at once. */
  #write(bytes: Uint8Array): void {
    const stdin = this.#stdin
    stdin.write(bytes)
    if (stdin.writableCorked === 0 || stdin.writableLength > TOGETHER) {
      stdin.uncork()
      stdin.cork()
      process.nextTick(() => stdin.uncork())
    }
  }

  #prepare(requests: DecodeRequest[], offset: boolean): Prepared {
    const id = this.#sent++
    const announced = this.#files.announce(
      requests.map(({ problem }) => problem.dictionary),
      offset,
    )
    return { id, requests, ...encoded(id, requests, announced) }
  }
}
