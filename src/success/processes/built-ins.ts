const { getOwnPropertyDescriptors, getPrototypeOf, hasOwn, is } = Object
const { ownKeys } = Reflect

/** What this package's code in a decoder's process leans on. */
const holders: Readonly<Record<string, object>> = {
  Array,
  'Array.prototype': Array.prototype,
  'Float64Array.prototype': getPrototypeOf(Float64Array.prototype),
  JSON,
  'Map.prototype': Map.prototype,
  Number,
  Object,
  'Object.prototype': Object.prototype,
  Promise,
  'Promise.prototype': Promise.prototype,
  Reflect,
  'Set.prototype': Set.prototype,
  'String.prototype': String.prototype,
}

/** Look at the built-ins: the result gives the first that has been replaced since, `Array.from`, or undefined. */
export function watchBuiltIns(): () => string | undefined {
  const known = Object.entries(holders).map(([name, holder]) => {
    const was = getOwnPropertyDescriptors(holder)
    return { name, holder, was, keys: ownKeys(was) }
  })
  // Nothing here leans on what may be replaced.
  return () => {
    for (let h = 0; h < known.length; h++) {
      const { name, holder, was, keys } = known[h]
      const now = getOwnPropertyDescriptors(holder)
      for (let p = 0; p < keys.length; p++) {
        const key = keys[p] as string
        if (!is(now[key]?.value, was[key].value) || now[key]?.get !== was[key].get)
          return `${name}.${String(key)}`
      }
      if (hasOwn(now, 'toJSON') && !hasOwn(was, 'toJSON')) return `${name}.toJSON`
    }
    return undefined
  }
}
