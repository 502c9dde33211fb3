import type { SingleBar } from 'cli-progress'
import { errorLine } from '../io/text/terminal.js'
import { visible } from '../io/text/visible.js'
import { durationText } from '../results/number-text.js'

/** Reports how much of a long step is done, in [0, 1]. */
type OnProgress = (done: number, note?: string) => void

/** Where a step stands. */
interface Standing {
  readonly title: string
  /** In [0, 1]. */
  readonly done: number
  readonly note: string
  /** Such as "2 min"; "?" until something is done. */
  readonly left: string
}

/** How a step that takes long is shown. */
interface Display {
  show(standing: Standing): void
  stop(): void
}

/** Time that a step takes without a word. */
const PATIENCE_MS = 2000
/** Between the lines that a log gets. */
const LINE_MS = 10_000

/**
 * Run a long step with its share done and the time left on standard error: a bar on a terminal, after two seconds; a
 * line every ten seconds elsewhere. Not when quiet.
 */
export async function withProgress<T>(
  title: string,
  quiet: boolean,
  step: (onProgress: OnProgress) => Promise<T>,
): Promise<T> {
  if (quiet) return step(() => {})
  const start = performance.now()
  const standing = { title: visible(title), done: 0, note: '' }
  const display =
    process.stderr.isTTY && process.env.TERM !== 'dumb'
      ? await bar(start)
      : lines(() => ({ ...standing, left: left() }))
  const left = () => timeLeft((performance.now() - start) / 1000, standing.done)
  try {
    return await step((done, note = '') => {
      Object.assign(standing, { done, note: visible(note) })
      display.show({ ...standing, left: left() })
    })
  } finally {
    display.stop()
  }
}

/** What is left takes as long, for its share, as what is done did. */
function timeLeft(seconds: number, done: number): string {
  if (!(done > 0)) return '?'
  return durationText((seconds * (1 - done)) / done)
}

async function bar(start: number): Promise<Display> {
  const { SingleBar, Presets } = await import('cli-progress')
  let shown: SingleBar | undefined
  return {
    show({ done, ...words }) {
      if (performance.now() - start < PATIENCE_MS) return
      if (!shown) {
        shown = new SingleBar(
          {
            format: '{title} {bar} {percentage}% · {left} left {note}',
            stream: process.stderr,
            clearOnComplete: true,
            // Ctrl-C is the command's to handle.
            gracefulExit: false,
          },
          Presets.shades_classic,
        )
        shown.start(1000, 0, words)
      }
      shown.update(Math.round(done * 1000), words)
    },
    stop: () => shown?.stop(),
  }
}

/** Lines of a log, by the clock: a step may be long between two reports. */
function lines(standing: () => Standing): Display {
  const timer = setInterval(() => {
    const { title, done, left, note } = standing()
    const time = done > 0 ? `, about ${left} left` : ''
    process.stderr.write(errorLine(`${title}: ${Math.floor(100 * done)} %${time} ${note}`.trimEnd()))
  }, LINE_MS).unref()
  return { show() {}, stop: () => clearInterval(timer) }
}
