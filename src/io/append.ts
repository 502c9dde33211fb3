/** Add all of these to a list, however many: a call takes no more than some 100,000 arguments. */
export function append<T>(list: T[], more: Iterable<T>): void {
  for (const one of more) list.push(one)
}
