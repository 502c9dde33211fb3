import { sameSubset } from '../codes/subset.js'
import type { Trial } from '../codes/trial.js'
import { Breach, NotApplicable, type Subject, Unfit } from './property.js'

/**
 * Relative change of a code that must not matter where rounding does not: far above that, far below what any decoder
 * resolves.
 */
const NUDGE = 1e-12
/** So many that a decoder whose answer hangs on its last bit passes them all by luck once in 2^32. */
const NUDGES = 32

/**
 * Read two forms of one problem: whoever reads the one reads the other. Where neither is read, answers may differ
 * legally, by ties that the decoder's own scores have. So may they, and the instance is Unfit, where the decoder drew
 * randomness, or where the form that is read hangs on the last bits of the code, as in an iteration that does not
 * converge.
 */
export async function readAlike(subject: Subject, form: Trial, other: Trial, how: string): Promise<void> {
  const first = await subject.read(form)
  const second = await subject.read(other)
  const read = sameSubset(first.indices, form.subset)
  if (read === sameSubset(second.indices, other.subset)) return
  if (first.drew || second.drew) throw new NotApplicable('it draws randomness')
  const { problem, subset, random } = read ? form : other
  for (let n = 0; n < NUDGES; n++) {
    const code = problem.code.map((entry, j) => entry * (1 + (((j + n) % NUDGES) - NUDGES / 2) * NUDGE))
    const { indices } = await subject.read({ problem: { ...problem, code }, random })
    if (!sameSubset(indices, subset)) throw new Unfit('it hangs on rounding')
  }
  throw new Breach(
    read ? `reads a problem right, but not with ${how}` : `reads a problem right only with ${how}`,
  )
}
