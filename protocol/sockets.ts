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

/** Server → live page, namespace `LIVE_NAMESPACE`. */
export interface LiveServerEvents {
  /** Once after connecting: the newest stored events, newest first, and today's counts. */
  'live:start': (start: { shopName: string; events: LiveEvent[]; leftOut: LeftOut; storedToday: number }) => void
  'live:events': (events: LiveEvent[]) => void
  'live:left-out': (leftOut: LeftOut) => void
}
