import type { Log } from '../core/log.ts'

interface Spaced<Name> {
  /** At once where it is long enough since the last time, else once when it is, however often it is asked for. */
  readonly soon: (name: Name, work: () => Promise<void>) => void
  readonly stop: () => void
}

/** Keeps what is done under one name apart by so many milliseconds, or as long as it takes where that is longer. */
export function createSpaced<Name>(milliseconds: number, log: Pick<Log, 'error'>): Spaced<Name> {
  /** Of those that ran within the time: what is asked for since. */
  const waiting = new Map<Name, (() => Promise<void>) | undefined>()
  const timers = new Set<NodeJS.Timeout>()
  let isOver = false

  async function run(name: Name, work: () => Promise<void>): Promise<void> {
    waiting.set(name, undefined)
    try {
      await work()
    } catch (error) {
      log.error({ err: error }, 'What was to be told could not be')
    }
    if (isOver) return
    const timer = setTimeout(() => {
      timers.delete(timer)
      const next = waiting.get(name)
      waiting.delete(name)
      if (next !== undefined) void run(name, next)
    }, milliseconds)
    timers.add(timer)
  }

  return {
    soon(name, work) {
      if (waiting.has(name)) waiting.set(name, work)
      else void run(name, work)
    },
    stop() {
      isOver = true
      for (const timer of timers) clearTimeout(timer)
    },
  }
}
