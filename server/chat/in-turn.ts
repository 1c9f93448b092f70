/** Runs what is asked under one name one after the other, and what is under others beside it. */
export function createInTurn(): <Result>(
  name: number,
  work: () => Promise<Result>,
) => Promise<Result> {
  const last = new Map<number, Promise<unknown>>()
  return async (name, work) => {
    const before = last.get(name) ?? Promise.resolve()
    // Whoever failed has told so themselves.
    const mine = before.then(work, work)
    last.set(name, mine)
    try {
      return await mine
    } finally {
      if (last.get(name) === mine) last.delete(name)
    }
  }
}
