/** The FNV-1a hash of integers below 2^32, as a 32-bit integer with a sign (Fowler, Noll & Vo). */
export function fnv1a(entries: Iterable<number>, basis = 0x811c9dc5): number {
  let hash = basis
  for (const entry of entries) hash = Math.imul(hash ^ entry, 0x01000193)
  return hash
}
