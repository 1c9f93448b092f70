import type { EventType, PageType } from '#protocol/names.ts'
import type { Touch } from '../attribution.ts'
import type { Commerce } from '../commerce/commerce.ts'
import type { DevicePart, PlacePart } from '../profile-shape.ts'
import type { Stamp } from './document.ts'

/** The session an event belongs to. */
export interface EventSession {
  readonly id: string
  readonly startedAt: number
  readonly touch?: Touch
  readonly device?: DevicePart
  readonly place?: PlacePart
}

/** What a profile takes from a stored event: all of it can be read again from the database. */
export interface ProfileEvent extends Stamp {
  readonly type: EventType
  readonly name: string | null
  readonly url: string
  readonly pageType: PageType | null
  readonly properties: Readonly<Record<string, unknown>> | null
  readonly commerce?: Commerce | undefined
  readonly isVerified: boolean
  readonly session?: EventSession | undefined
}

/** An event whose session has yet to be looked up, by its row. */
export interface ProfileInput {
  readonly event: Omit<ProfileEvent, 'session'>
  readonly sessionRow: number | null
}
