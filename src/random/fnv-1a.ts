/** The FNV-1a hash of integers below 2^32, as a 32-bit integer with a sign (Fowler, Noll & Vo). */
export function fnv1a(entries: ArrayLike<number>, basis = 0x811c9dc5): number {
  let hash = basis
  for (let m = 0; m < entries.length; m++) hash = Math.imul(hash ^ entries[m], 0x01000193)
  return hash
}
