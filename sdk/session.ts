import type { Batch } from '#protocol/events.ts'
import type { Browser } from './browser.ts'
import type { Storage } from './storage.ts'

const KEY = 'session'
const SHAPE = /^{"id":"[\w-]{36}","startedAt":\d+,"lastAt":\d/
/** What brings a visitor anew: campaigns and the clicks on advertisements. The server knows more, and what each means. */
const CAMPAIGN = /^(utm_|\w*clk?id|[gw]braid|li_fat|epik)/i
const IDLE_MS = 30 * 60_000
/** How stale the stored time may get: a write for every event would wake every other tab. */
const WRITE_EVERY_MS = 5_000

export type WireSession = NonNullable<Batch['session']>

interface Session extends WireSession {
  lastAt: number
  campaign: string
}

export interface SessionState {
  /** The session an event of `at` on `url` belongs to. Call only with consent. */
  touch: (at: number, url: string) => WireSession
  /** Writes down when the session was last alive, before the page goes. */
  save: () => void
  forget: () => void
}

export function createSession(browser: Browser, storage: Storage): SessionState {
  let mine: Session | undefined

  function save() {
    if (mine) storage.write(KEY, mine)
  }

  return {
    touch: (at, url) => {
      const campaign = url
        .split(/[?&#]/)
        .filter((parameter) => CAMPAIGN.test(parameter))
        .sort()
        .join()
      const stored = storage.read(KEY, SHAPE) as Session | undefined
      // Of two tabs' sessions the later one holds; ours may be alive longer than what is stored.
      const known = !mine || (stored && stored.startedAt >= mine.startedAt) ? stored : mine
      const lastAt = Math.max(known?.lastAt ?? 0, mine?.lastAt ?? 0)
      const isOver = at - lastAt > IDLE_MS || (campaign && campaign !== known?.campaign)
      mine =
        known && !isOver
          ? { ...known, lastAt: Math.max(at, lastAt) }
          : { id: browser.newId(), startedAt: at, lastAt: at, campaign }
      if (mine.id !== stored?.id || at - stored.lastAt > WRITE_EVERY_MS) save()
      return { id: mine.id, startedAt: mine.startedAt }
    },
    save,
    forget: () => {
      mine = undefined
    },
  }
}
