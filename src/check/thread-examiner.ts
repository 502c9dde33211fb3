import { instanceText } from '../arbitraries/instance.js'
import { quoted } from '../io/shell-quote.js'
import { decoderSource } from '../success/workers/decoder-source.js'
import { decoderThread } from '../success/workers/decoder-thread.js'
import { trialLimit } from '../success/workers/limits.js'
import type { Examiner } from './examiner.js'
import type { ExamineReply, ExamineTask } from './worker-messages.js'

/** MiB of JavaScript heap that the decoder's thread may take. */
const HEAP = 2048

/**
 * Examines a built-in decoder, or one in a file, in a thread of its own. A decode that hangs or ends the thread breaks the property at
 * hand, and the next starts another thread. Rejects with InputError when the decoder cannot be loaded.
 * @param timeLimit milliseconds that one decode may take; large problems get more on top.
 */
export async function threadExaminer(nameOrPath: string, timeLimit: number): Promise<Examiner> {
  const source = decoderSource(nameOrPath)
  const start = () =>
    decoderThread<ExamineReply>(new URL('./contract-worker.js', import.meta.url), source, {}, HEAP)
  let thread = await start()
  const examine: Examiner['examine'] = async (property, instance, seed) => {
    if (!thread.alive) thread = await start()
    const task: ExamineTask = { property, instance, seed }
    const end = await thread.ask(task, trialLimit(instance, timeLimit), (report) =>
      report.kind === 'examined' ? report : undefined,
    )
    if ('outcome' in end) return end.outcome
    return { kind: 'broken', message: end.stopped.message, stopped: true }
  }
  return {
    decoder: thread.decoder,
    examine,
    async examineAfresh(...instance) {
      await thread.close()
      return examine(...instance)
    },
    replay: (property, instance, seed) =>
      `dpb check ${quoted(nameOrPath)} --seed ${quoted(seed)} --replay ${property}:${instanceText(instance)}`,
    close: () => thread.close(),
  }
}
