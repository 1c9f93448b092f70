import { DOCS_PATH } from '#protocol/names.ts'

/** After so many faults of our own the tag takes itself off the page. */
const MAX_FAULTS = 20

export interface Log {
  /** For the shop's developer: what is wrong and where to read about it. Said once per `topic`. */
  warn: (topic: string, message: string) => void
  /** `run` that cannot throw into the page, nor reject: every listener, timer and patch of ours goes through it. */
  guard: <A extends unknown[], R>(run: (...args: A) => R) => (...args: A) => R | undefined
}

/** `giveUp` is called once, when too much of ours has failed on this page. */
export function createLog(console: Pick<Console, 'warn'> | undefined, giveUp: () => void): Log {
  const said = new Set<string>()
  let faults = 0

  function warn(topic: string, message: string) {
    if (said.has(topic)) return
    said.add(topic)
    attempt(() =>
      console?.warn(`[Granplaza] ${message} See ${DOCS_PATH}tag on your Granplaza server.`),
    )
  }

  function fault(error: unknown) {
    warn('fault', `Internal error: ${attempt(() => String(error))}`)
    if (++faults === MAX_FAULTS) attempt(giveUp)
  }

  function guard<A extends unknown[], R>(run: (...args: A) => R) {
    return (...args: A): R | undefined => {
      try {
        const result = run(...args)
        if (result instanceof Promise) result.catch(fault)
        return result
      } catch (error) {
        fault(error)
        return undefined
      }
    }
  }

  return { warn, guard }
}

/**
 * What `run` gives, or `fallback` where the browser denies or the page has broken it. Deliberately silent: such a
 * refusal is an answer, and the fallback says how we go on.
 */
export function attempt<R>(run: () => R): R | undefined
export function attempt<R, F>(run: () => R, fallback: F): R | F
export function attempt<R, F>(run: () => R, fallback?: F): R | F | undefined {
  try {
    return run()
  } catch {
    return fallback
  }
}
