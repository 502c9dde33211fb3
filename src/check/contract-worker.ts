import { parentPort, workerData } from 'node:worker_threads'
import { loadFrom } from '../success/workers/load-decoder.js'
import type { ThreadSetup } from '../success/workers/worker-messages.js'
import { examine } from './examiner.js'
import { subjectOf } from './subject.js'
import type { ExamineReply, ExamineTask } from './worker-messages.js'

// The worker of `threadExaminer`: loads one decoder, says so, and examines what it is sent.

const port = parentPort!
const say = (report: ExamineReply) => port.postMessage(report)
const fail = ({ name, message }: Error) => say({ kind: 'failed', name, message })

const { source, position } = workerData as ThreadSetup
const decodes = new Int32Array(position)

try {
  const decoder = await loadFrom(source)
  const subject = subjectOf(decoder, () => Atomics.add(decodes, 0, 1))
  port.on('message', async (task: ExamineTask | null) => {
    if (!task) process.exit()
    try {
      const outcome = await examine(subject, task.property, task.instance, task.seed)
      say({ kind: 'examined', outcome })
    } catch (error) {
      fail(error as Error)
    }
  })
  say({ kind: 'ready', decoder: decoder.name })
} catch (error) {
  fail(error as Error)
}
