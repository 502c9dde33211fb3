import type { Claim, Context } from './claim.js'

/** One form of a sentence: how it reads, and whether it is true. */
export interface Form {
  readonly text: string
  /** True or false; or what was found, in a phrase, with the truth. */
  holds(context: Context): Truth | Promise<Truth>
}

type Truth = { readonly truth: boolean; readonly because: string }

/** A sentence of the paper that is false as printed and true as corrected. */
export interface Slip extends Pick<Claim, 'id' | 'source' | 'besides' | 'account'> {
  readonly printed: Form
  readonly corrected: Form
}

/** The ledger row of a slip: `erratum` when the printed form fails and the corrected one holds. */
export function erratum({ printed, corrected, ...place }: Slip): Claim {
  return {
    ...place,
    kind: 'slip',
    statement: `Printed: ${printed.text}. Correct: ${corrected.text}.`,
    expected: 'erratum',
    async check(context) {
      const [before, after] = [await printed.holds(context), await corrected.holds(context)]
      const evidence =
        `printed form ${before.truth ? 'holds' : 'fails'}: ${before.because}; corrected form ` +
        `${after.truth ? 'holds' : 'fails'}: ${after.because}`
      const verdict = after.truth ? (before.truth ? 'supported' : 'erratum') : 'refuted'
      return { verdict, evidence, data: { printed: before, corrected: after } }
    },
  }
}
