import type { Declared } from './decoder.js'

/** What a decoder declares, for another that stands in for it: all but the rule. */
export const declarations = ({ name, sizeVaries, coherenceGuarantee, refuses }: Declared) => ({
  name,
  ...(sizeVaries !== undefined && { sizeVaries }),
  ...(coherenceGuarantee && { coherenceGuarantee }),
  ...(refuses && { refuses }),
})
