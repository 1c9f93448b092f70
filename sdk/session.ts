import type { Batch } from '#protocol/events.ts'
import type { Browser } from './browser.ts'
import { newUuid } from './ids.ts'
import { asObject, asText } from './json.ts'
import type { Storage } from './storage.ts'

const KEY = 'session'
const IDLE_MS = 30 * 60_000
/** How stale the stored time may get: a write for every event would wake every other tab. */
const WRITE_EVERY_MS = 5_000
const CAMPAIGN =
  /[?&](utm_\w+|[gd]clid|[gw]braid|(fb|msclk|tt|tw)clid|msclkid|li_fat_id|epik)=[^&#]*/gi

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
  let savedAt = 0

  function save() {
    if (mine) storage.write(KEY, mine)
    savedAt = mine?.lastAt ?? 0
  }

  return {
    touch: (at, url) => {
      const campaign = (url.match(CAMPAIGN) ?? []).sort().join('')
      const stored = readSession(storage.read(KEY))
      // Ours may be newer than what is stored, by what we have not written yet.
      const known =
        !mine || (stored && stored.lastAt > mine.lastAt - WRITE_EVERY_MS) ? stored : mine
      const lastAt = Math.max(known?.lastAt ?? 0, mine?.lastAt ?? 0)
      const isOver = at - lastAt > IDLE_MS || (campaign && campaign !== known?.campaign)
      mine =
        known && !isOver
          ? { ...known, lastAt: Math.max(at, lastAt) }
          : { id: newUuid(browser, at), startedAt: at, lastAt: at, campaign }
      if (mine.id !== stored?.id || at - savedAt > WRITE_EVERY_MS) save()
      return { id: mine.id, startedAt: mine.startedAt }
    },
    save,
    forget: () => {
      mine = undefined
    },
  }
}

function readSession(given: unknown): Session | undefined {
  const { id, startedAt, lastAt } = asObject(given) ?? {}
  const isOurs = /^[\da-f-]{36}$/.test(asText(id)) && Number(startedAt) > 0 && Number(lastAt) > 0
  return isOurs ? (given as Session) : undefined
}
