/** Exit code of a run that was stopped by Ctrl-C. */
const INTERRUPTED = 130

/**
 * Run a step that Ctrl-C stops through its signal: what it recorded stays, the exit code is 130, and nothing is
 * printed. A second Ctrl-C ends the process at once.
 */
export async function interruptible(step: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const controller = new AbortController()
  const { signal } = controller
  const stop = () => {
    if (signal.aborted) process.exit(INTERRUPTED)
    controller.abort()
  }
  process.on('SIGINT', stop)
  try {
    await step(signal)
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error
    process.exitCode = INTERRUPTED
  } finally {
    process.off('SIGINT', stop)
  }
}
