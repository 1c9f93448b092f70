/** Lets one piece of work in at a time, in the order in which they came. */
export interface Mutex {
  run<T>(work: () => T | Promise<T>): Promise<T>
}

export function createMutex(): Mutex {
  let tail: Promise<unknown> = Promise.resolve()
  return {
    run(work) {
      const turn = tail.then(work)
      // A failed piece of work is its caller's to see; those behind it go on.
      tail = turn.catch(() => undefined)
      return turn
    },
  }
}
