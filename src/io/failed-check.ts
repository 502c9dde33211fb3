/** A check failed, and there is nothing to write. The message is one line that says which and how. */
export class FailedCheck extends Error {
  override readonly name = 'FailedCheck'
}
