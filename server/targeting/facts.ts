import type { Consent } from '#protocol/events.ts'
import type {
  ChatPart,
  CustomerPart,
  DevicePart,
  PagePart,
  PlacePart,
  ProfilePart,
  SessionPart,
} from '../events/service.ts'

/**
 * Everything conditions read of one visitor at one time. A part that is not known, or may not be told, is left out: its
 * values are then missing and its counts 0. Without the visitor's token, for one, there is no profile and no customer.
 */
export interface Facts {
  /** Epoch ms. */
  readonly now: number
  readonly shopTimeZone: string
  /** None while an audience is worked out without an event. */
  readonly page?: PagePart
  readonly session?: SessionPart
  readonly profile?: ProfilePart
  readonly customer?: CustomerPart
  readonly chat?: ChatPart
  readonly device?: DevicePart
  readonly place?: PlacePart
  readonly consent: Consent | null
  /** Audiences the visitor is in, those first that others ask for. */
  readonly audienceIds: ReadonlySet<string>
}
