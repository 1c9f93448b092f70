import type { Consent } from '#protocol/events.ts'
import type { ProfilePart, SessionPart } from '../profile-shape.ts'
import type { ProfileDocument } from './document.ts'
import { purchasePart } from './purchases.ts'
import { secondsOnSite } from './visits.ts'

/** A profile as conditions read it. `consent`: the visitor's newest choice, which is no event's. */
export function profilePart(document: ProfileDocument, consent: Consent | null): ProfilePart {
  const { activity, visits, purchases, firstTouch, lastTouch, cart, session } = document
  const { place } = session ?? {}
  return {
    activity,
    visits,
    purchases: purchasePart(purchases),
    consent,
    secondsOnSite: secondsOnSite(document),
    device: session?.device ?? {},
    ...(firstTouch !== undefined && { firstTouch }),
    ...(lastTouch !== undefined && { lastTouch }),
    ...(cart !== undefined && { cart }),
    ...(place !== undefined && { place }),
  }
}

/** The newest session, if there was any. */
export function sessionPart({ session, sessions }: ProfileDocument): SessionPart | undefined {
  if (session === undefined) return undefined
  const { id, startedAt, touch, activity } = session
  const lastSeenAt = sessions.find((mark) => mark.id === id)?.lastAt ?? startedAt
  return { id, startedAt, lastSeenAt, activity, ...(touch !== undefined && { touch }) }
}
