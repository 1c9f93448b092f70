import { AsyncResource } from 'node:async_hooks'
import type { Clock } from '../clock.ts'
import { createLanes } from './lanes.ts'
import type { Registered } from './registry.ts'
import { runJob, type RunDeps } from './run-job.ts'
import { firstDueAt, kindOf, releaseLost, renewLeases, type JobRow } from './store.ts'

interface RunnerDeps extends RunDeps {
  readonly kinds: ReadonlyMap<string, Registered>
  /** This node, as leases name it; new at each start. */
  readonly holder: string
}

export interface Runner {
  /** A transaction that is open has asked for something. */
  readonly expect: () => void
  readonly start: () => Promise<void>
  readonly settle: () => Promise<void>
  readonly stop: (patienceMs: number) => Promise<void>
}

interface Running {
  readonly kind: string
  readonly abort: AbortController
  readonly ended: Promise<void>
}

const MAX_RUNNING = 16
/** How long another node waits for one that no longer answers. */
const LEASE_MS = 30_000
const HEARTBEAT_MS = 10_000
/** Other nodes enqueue too, and say nothing. */
const LOOK_AGAIN_MS = 1_000
/** Most transactions have been committed by then. */
const EXPECT_MS = 15

/** Takes what is due and runs it, until it is stopped. */
export function createRunner(deps: RunnerDeps): Runner {
  const { db, now, log, kinds, holder } = deps
  const lanes = createLanes(db)
  const running = new Map<number, Running>()
  let looking: Promise<number> | undefined
  let isOver = false
  let isStarted = false
  let wakeUp: NodeJS.Timeout | undefined
  let wakesAt = Infinity
  let heartbeat: NodeJS.Timeout | undefined

  function roomOf(lane: string): number {
    const kind = kindOf(lane)
    const alike = [...running.values()].filter((one) => one.kind === kind).length
    const ofKind = (kinds.get(kind)?.atOnce ?? 0) - alike
    return Math.min(ofKind, MAX_RUNNING - running.size)
  }

  /** Begins what is due and has room; returns how many. */
  async function begin(): Promise<number> {
    let begun = 0
    while (!isOver && running.size < MAX_RUNNING) {
      const due = await firstDueAt(db)
      if (due === undefined || due > now()) break
      const lease = { holder, now: now(), until: now() + LEASE_MS }
      const claimed = await lanes.claim(roomOf, lease)
      if (claimed.length === 0) break
      for (const row of claimed) run(row)
      begun += claimed.length
    }
    return begun
  }

  /** One look at a time; who comes during one gets the next. */
  function look(): Promise<number> {
    const turn = (looking ?? Promise.resolve(0)).catch(() => 0).then(begin)
    looking = turn
    return turn
  }

  function run(row: JobRow): void {
    const registered = kinds.get(row.kind)
    if (registered === undefined) throw new Error(`Nothing does ${row.kind}`)
    const abort = new AbortController()
    if (isOver) abort.abort()
    const ended = runJob(deps, registered, { row, holder, signal: abort.signal })
      // It stays as running until its lease is over, which nobody renews any more.
      .catch((error: unknown) => log.error({ err: error, job: row.id }, 'A job was interrupted'))
      .finally(() => {
        running.delete(row.id)
        if (isStarted) lookSoon(0)
      })
    running.set(row.id, { kind: row.kind, abort, ended })
  }

  function lookSoon(afterMs: number): void {
    const at = Date.now() + afterMs
    if (isOver || at >= wakesAt) return
    clearTimeout(wakeUp)
    wakesAt = at
    wakeUp = setTimeout(wake, afterMs)
  }

  /** Bound to this place: whoever enqueues is inside a transaction, whose context a timer would inherit. */
  const wake = AsyncResource.bind(() => {
    wakesAt = Infinity
    void lookAndSleep()
  })

  async function lookAndSleep(): Promise<void> {
    try {
      await look()
    } catch (error) {
      log.error({ err: error }, 'Jobs could not be looked for')
    }
    lookSoon(await sleepMs(now))
  }

  /** Until the next is due, as far as this node knows. */
  async function sleepMs(clock: Clock): Promise<number> {
    const due = await firstDueAt(db).catch(() => undefined)
    const wait = (due ?? Infinity) - clock()
    return wait > 0 && wait < LOOK_AGAIN_MS ? wait : LOOK_AGAIN_MS
  }

  /** In this order: what this node is at work on is never taken for lost. */
  async function beat(): Promise<void> {
    const at = now()
    if (running.size > 0) {
      const ids = [...running.keys()]
      const kept = await renewLeases(db, { holder, ids, until: at + LEASE_MS })
      for (const id of ids) if (!kept.has(id)) running.get(id)?.abort.abort()
    }
    await releaseLost(db, { now: at, before: at })
  }

  return {
    expect: () => {
      if (isStarted) lookSoon(EXPECT_MS)
    },

    async start() {
      // One server has a SQLite file: whatever runs there was begun by one that has ended.
      const before = db.raw.dialect === 'sqlite' ? Number.MAX_SAFE_INTEGER : now()
      await releaseLost(db, { now: now(), before })
      isStarted = true
      heartbeat = setInterval(() => {
        beat().catch((error: unknown) => log.error({ err: error }, 'Leases were not renewed'))
      }, HEARTBEAT_MS)
      lookSoon(0)
    },

    async settle() {
      for (;;) {
        const begun = await look()
        if (running.size > 0) await Promise.race([...running.values()].map(({ ended }) => ended))
        else if (begun === 0) return
      }
    },

    async stop(patienceMs) {
      isOver = true
      clearTimeout(wakeUp)
      clearInterval(heartbeat)
      await looking?.catch(() => undefined)
      const all = [...running.values()]
      for (const { abort } of all) abort.abort()
      let patience: NodeJS.Timeout | undefined
      const over = new Promise<void>((resolve) => {
        patience = setTimeout(resolve, patienceMs)
      })
      await Promise.race([Promise.all(all.map(({ ended }) => ended)), over])
      clearTimeout(patience)
    },
  }
}
