import { Refusal } from '../core/errors.ts'
import type { Log } from '../core/log.ts'
import { stateRefusal } from '../db/state-refusal.ts'

/** Commits what arrives together, together. */
export interface GroupCommit<Item, Outcome> {
  /** Resolves after the commit that wrote `item`; refuses (`unavailable`) when it could not be. */
  add(item: Item): Promise<Outcome>
  /** How many are to be written by commits to come. */
  waiting(): number
  /** Resolves when nothing waits any more. */
  drain(): Promise<void>
}

interface GroupCommitDeps<Item, Outcome> {
  /** Writes all or nothing; outcomes in order. */
  readonly commit: (items: readonly Item[]) => Promise<readonly Outcome[]>
  /** How much of a commit an item makes. */
  readonly weigh: (item: Item) => number
  readonly log: Pick<Log, 'error' | 'info'>
}

interface Waiting<Item, Outcome> {
  readonly item: Item
  readonly weight: number
  resolve(outcome: Outcome): void
  reject(error: unknown): void
}

/** More would keep the event loop from other requests for too long; the gain is had long before. */
const MAX_WEIGHT = 500
/** At a thousand commits' backlog waiting longer helps nobody. */
const MAX_WAITING = 5_000

/**
 * No window of milliseconds: what this turn of the event loop brought is committed at its end, and what arrives while
 * a commit runs goes into the next one. A batch that can't be written fails alone.
 */
export function createGroupCommit<Item, Outcome>({
  commit,
  weigh,
  log,
}: GroupCommitDeps<Item, Outcome>): GroupCommit<Item, Outcome> {
  let waiting: Waiting<Item, Outcome>[] = []
  let isRunning = false
  let isFailing = false
  let onIdle: (() => void)[] = []

  function nextGroup(): Waiting<Item, Outcome>[] {
    let weight = 0
    const end = waiting.findIndex((one) => (weight += one.weight) > MAX_WEIGHT)
    // One that is too heavy for any group goes alone.
    const group = waiting.slice(0, end === -1 ? waiting.length : Math.max(1, end))
    waiting = waiting.slice(group.length)
    return group
  }

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      await commitGroup(nextGroup())
      // Between two commits other requests have their turn.
      await new Promise((resolve) => setImmediate(resolve))
    }
    isRunning = false
    for (const resolve of onIdle.splice(0)) resolve()
  }

  async function commitGroup(group: readonly Waiting<Item, Outcome>[]): Promise<void> {
    try {
      const outcomes = await commit(group.map(({ item }) => item))
      if (isFailing) log.info('Events can be stored again')
      isFailing = false
      for (const [i, one] of group.entries()) settle(one, outcomes[i])
    } catch (error) {
      const refusal = stateRefusal(error)
      if (refusal !== undefined) {
        if (!isFailing) log.error({ err: error }, 'Events cannot be stored')
        isFailing = true
        for (const one of group) one.reject(refusal)
      } else if (group.length > 1) {
        for (const one of group) await commitGroup([one])
      } else {
        group[0]?.reject(error)
      }
    }
  }

  return {
    add(item) {
      if (waiting.length >= MAX_WAITING) {
        throw new Refusal('unavailable', 'Too much is waiting to be stored: send it again in 2 s', {
          retryAfterSeconds: 2,
        })
      }
      if (!isRunning) {
        isRunning = true
        setImmediate(() => void run())
      }
      return new Promise((resolve, reject) => {
        waiting.push({ item, weight: weigh(item), resolve, reject })
      })
    },
    waiting: () => waiting.length,
    drain: () =>
      isRunning ? new Promise((resolve) => void onIdle.push(resolve)) : Promise.resolve(),
  }
}

function settle<Item, Outcome>(one: Waiting<Item, Outcome>, outcome: Outcome | undefined): void {
  if (outcome === undefined) one.reject(new Error('A commit left an outcome out'))
  else one.resolve(outcome)
}
