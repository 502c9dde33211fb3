import type { ContractViolation, RunOptions } from './sampler.js'

/**
 * Run a step until the first trial that breaks the contract, which ends it: one such trial settles what the step is
 * for, and the others may take a time limit each.
 * @returns the step's result, undefined where it was ended; and the violation
 */
export async function untilFault<T>(
  signal: AbortSignal | undefined,
  step: (options: Required<Pick<RunOptions, 'signal' | 'onFault'>>) => Promise<T>,
): Promise<{ readonly result?: T; readonly fault?: ContractViolation }> {
  const controller = new AbortController()
  let fault: ContractViolation | undefined
  const onFault = (found: ContractViolation) => {
    fault ??= found
    controller.abort()
  }
  const either = signal ? AbortSignal.any([signal, controller.signal]) : controller.signal
  try {
    return { result: await step({ signal: either, onFault }), ...(fault && { fault }) }
  } catch (error) {
    signal?.throwIfAborted()
    if (!fault) throw error
    return { fault }
  }
}
