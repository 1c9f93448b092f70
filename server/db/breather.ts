/** SQLite works on the event loop: about so long others may have to wait for a piece of a transaction. */
const LONGEST_MS = 2

/** Gives others their turn between pieces of long work. */
export interface Breather {
  /** Work begins now. */
  begin(): void
  /** Resolves at once, or, where the work has lasted, when all that had come meanwhile has been seen to. */
  breathe(): Promise<void> | undefined
}

/** `now`: milliseconds of a clock that only goes on. */
export function createBreather(now: () => number): Breather {
  let since = 0
  const begin = () => {
    since = now()
  }
  return {
    begin,
    breathe() {
      if (now() - since < LONGEST_MS) return undefined
      return new Promise((resolve) => {
        setImmediate(() => {
          begin()
          resolve()
        })
      })
    },
  }
}
