import type { SingleBar } from 'cli-progress'
import { visible } from '../io/text/visible.js'

/** Reports how much of a long step is done, in [0, 1]. */
type OnProgress = (done: number, note?: string) => void

/** Time that a step takes without a bar. */
const PATIENCE_MS = 2000

/**
 * Run a long step with a bar and a time left on standard error: only on a terminal, only after two seconds, and not
 * when quiet.
 */
export async function withProgress<T>(
  title: string,
  quiet: boolean,
  step: (onProgress: OnProgress) => Promise<T>,
): Promise<T> {
  const shown = !quiet && process.stderr.isTTY
  const library = shown ? await import('cli-progress') : undefined
  const start = performance.now()
  let bar: SingleBar | undefined
  try {
    return await step((done, note = '') => {
      if (!library || performance.now() - start < PATIENCE_MS) return
      if (!bar) {
        bar = new library.SingleBar(
          {
            format: '{title} {bar} {percentage}% · {eta_formatted} left {note}',
            stream: process.stderr,
            clearOnComplete: true,
            // Ctrl-C is the command's to handle.
            gracefulExit: false,
          },
          library.Presets.shades_classic,
        )
        bar.start(1000, 0)
      }
      bar.update(Math.round(done * 1000), { title: visible(title), note: visible(note) })
    })
  } finally {
    bar?.stop()
  }
}
