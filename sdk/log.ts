import type { NotDone, NotDoneReason } from './types.ts'
import { notDone } from './outcome.ts'
import type { Trouble } from './trouble.ts'

/** After so many faults of our own the tag takes itself off the page. */
const MAX_FAULTS = 20
/** Who waits for words waits no longer than this; the reason then stands alone. */
const PATIENCE_MS = 2_000

export interface Log {
  /**
   * For the shop's developer: what is wrong and where to read about it. Said once. Resolves with the outcome for whoever
   * is to be answered, and never rejects.
   */
  complain: (trouble: Trouble, about?: string) => Promise<NotDone>
  /** `run` that cannot throw into the page: every listener, timer and patch of ours goes through it. */
  guard: <A extends unknown[], R>(run: (...args: A) => R) => (...args: A) => R | undefined
}

interface LogDeps {
  readonly window: Window & typeof globalThis
  readonly after: (ms: number, run: () => void) => unknown
  /** Loads `lazy/words.ts`: most pages have nothing to say. */
  readonly words: () => Promise<unknown>
  /** Called once, when too much of ours has failed on this page. */
  readonly giveUp: () => void
}

export function createLog({ window, after, words, giveUp }: LogDeps): Log {
  const said = new Set<string>()
  let faults = 0

  function complain(trouble: Trouble, about = ''): Promise<NotDone> {
    const key = `${trouble} ${about}`
    return new Promise((done) => {
      const say = (outcome: NotDone) => {
        done(outcome)
        if (said.has(key)) return
        said.add(key)
        attempt(() => window.console.warn(`Granplaza: ${outcome.message}`))
      }
      const saySo = () => say(notDone(trouble as NotDoneReason, key))
      after(PATIENCE_MS, saySo)
      const explain = (loaded: unknown) => {
        say((loaded as { explain: (...args: unknown[]) => NotDone }).explain(trouble, about))
      }
      words().then(explain).catch(saySo)
    })
  }

  function fault(error: unknown) {
    void complain(
      'part_failed',
      attempt(() => String(error)),
    )
    if (++faults === MAX_FAULTS) attempt(giveUp)
  }

  function guard<A extends unknown[], R>(run: (...args: A) => R) {
    return (...args: A): R | undefined => {
      try {
        return run(...args)
      } catch (error) {
        fault(error)
        return undefined
      }
    }
  }

  return { complain, guard }
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
