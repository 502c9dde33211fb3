/** A value that is kept until another is asked for, as a search asks for one many times. */
export function lastValue<T>(): (key: string, make: () => T) => T {
  let last: { readonly key: string; readonly value: T } | undefined
  return (key, make) => {
    if (last?.key !== key) last = { key, value: make() }
    return last.value
  }
}
