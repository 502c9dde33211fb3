import { chai, onTestFinished } from 'vitest'

/**
 * Have these matchers of promises fail a test that does not await them: it would pass before they have looked.
 */
export function mustBeAwaited(...names: readonly string[]): void {
  chai.use(({ Assertion }, { overwriteMethod }) => {
    for (const name of names) {
      overwriteMethod(
        Assertion.prototype,
        name,
        (match: (...args: unknown[]) => Promise<unknown>) =>
          function (this: object, ...args: unknown[]) {
            return watched(name, match.apply(this, args))
          },
      )
    }
  })
}

/** A promise whose test fails unless someone waits for it. */
function watched(name: string, promise: Promise<unknown>): PromiseLike<unknown> {
  let awaited = false
  onTestFinished(() => {
    if (!awaited) throw new Error(`${name} was not awaited: await expect(decoder).${name}(…)`)
  })
  // Nobody may be told of it.
  promise.catch(() => {})
  const noting =
    <A extends unknown[], R>(use: (...args: A) => R) =>
    (...args: A): R => {
      awaited = true
      return use.apply(promise, args)
    }
  return Object.assign(Object.create(Promise.prototype), {
    // biome-ignore lint/suspicious/noThenProperty: it is a promise.
    then: noting(promise.then),
    catch: noting(promise.catch),
    finally: noting(promise.finally),
  })
}
