import type { LivePerson } from './people.ts'
import type { DeviceClass, EventType, DropReason, PageType } from './names.ts'

/** One line of the console's live page. */
export interface LiveEvent {
  /** As the browser named it. */
  id: string
  type: EventType
  name?: string
  at: number
  /** The first characters of the visitor's id; absent where the visitor is anonymous. */
  visitor?: string
  url: string
  pageType?: PageType
  device?: DeviceClass
  properties?: Record<string, unknown>
  verified: boolean
}

/** What was left out today, by reason. */
export type LeftOut = Partial<Record<DropReason, number>>

/** Today's figures of an experience. */
export interface LiveExperience {
  id: string
  name: string
  impressions: number
  clicks: number
  closes: number
  submissions: number
  conversions: number
}

export interface LiveCounts {
  storedToday: number
  leftOut: LeftOut
  /** Visitors seen in the last five minutes. */
  onNow: number
  /** Those running, and those shown today (in the shop's time zone); at most 20. */
  experiences: LiveExperience[]
}

export interface LiveStart {
  shopName: string
  /** Newest first. */
  events: LiveEvent[]
  counts: LiveCounts
  /** The shop lists no origin yet, so that any site may send in its name. */
  acceptsAnyOrigin: boolean
}

/** Server → live page, namespace `LIVE_NAMESPACE`. */
export interface LiveServerEvents {
  /** Once after each connecting; replaces what was shown. */
  'live:start': (start: LiveStart) => void
  /** Newest first. */
  'live:events': (events: LiveEvent[]) => void
  'live:counts': (counts: LiveCounts) => void
  /** Who is on the shop now, those seen last first; at most 100. */
  'live:people': (people: LivePerson[]) => void
}

/** Server → every console page, in any namespace. */
export interface ConsoleServerEvents {
  /** The server is about to hang up on purpose: connect again in a moment. */
  'server:restarting': () => void
}
