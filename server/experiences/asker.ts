import { and, eq } from 'drizzle-orm'
import type { Consent } from '#protocol/events.ts'
import {
  documentOf,
  type ChatPart,
  type CustomerPart,
  type PagePart,
  type ProfileDocument,
  type Subject,
} from '../events/service.ts'
import { factsOf, type Facts, type Handle } from '../targeting/service.ts'

/** What is known of a visitor or customer. */
export interface KnownProfile {
  readonly document: ProfileDocument
  readonly consent: Consent | null
  /** Audience ids with the time of joining. */
  readonly audiences: Readonly<Record<string, number>>
}

/** Whoever asks what to show, as far as the request proves who that is. */
export interface Asker {
  readonly shopId: number
  /** Null: nobody who can be told apart, or somebody without the right token. */
  readonly visitorRow: number | null
  /** Whose the visitor is. Unless that is proven, nothing of the customer is told. */
  readonly customer: { readonly id: number; readonly isProven: boolean } | null
  /** The session's row; null where it is not known. */
  readonly sessionRow: number | null
  readonly page?: PagePart
  /** Profiles that the commit has just made, so that they need not be read again. */
  readonly made: { readonly visitor?: KnownProfile; readonly customer?: KnownProfile }
  /** False: the visitor wants nothing picked by what is known of them. */
  readonly mayPersonalise: boolean
  /** All that the request itself tells, where nothing else may be asked. */
  readonly alone: () => KnownProfile
}

/** Whose shows are counted. */
export function subjectOf({
  shopId,
  visitorRow,
  customer,
}: Pick<Asker, 'shopId' | 'visitorRow' | 'customer'>): Subject | null {
  if (visitorRow === null) return null
  return customer === null
    ? { kind: 'visitor', shopId, id: visitorRow }
    : { kind: 'customer', shopId, id: customer.id }
}

/** What may be told to an asker, and what conditions may read of it. */
export interface Told {
  readonly own: KnownProfile
  /** It is no more than what the request itself tells. */
  readonly isAlone: boolean
  /** Of a proven customer. */
  readonly whole?: KnownProfile
}

export async function profilesOf(handle: Handle, asker: Asker): Promise<Told> {
  const { shopId, visitorRow, customer, made } = asker
  if (visitorRow === null || !asker.mayPersonalise) return { own: asker.alone(), isAlone: true }
  const own =
    made.visitor ?? (await findProfile(handle, { kind: 'visitor', shopId, id: visitorRow }))
  const told = { own: own ?? asker.alone(), isAlone: own === undefined }
  if (customer?.isProven !== true) return told
  const whole =
    made.customer ?? (await findProfile(handle, { kind: 'customer', shopId, id: customer.id }))
  return whole === undefined ? told : { ...told, whole }
}

async function findProfile(
  { sql, t }: Handle,
  { kind, shopId, id }: Subject,
): Promise<KnownProfile | undefined> {
  const profiles = kind === 'visitor' ? t.visitorProfiles : t.customerProfiles
  const { document, consent, audiences } = profiles
  const [row] = await sql
    .select({ document, consent, audiences })
    .from(profiles)
    .where(and(eq(profiles.shopId, shopId), eq(profiles.subjectId, id)))
  return row && { ...row, document: documentOf(row.document) }
}

interface Surroundings {
  readonly page?: PagePart
  readonly customer?: CustomerPart
  readonly chat?: ChatPart
  readonly timeZone: string
  readonly now: number
}

/** A customer's profile is that of all its visitors; the session, the device and the place are this one's. */
export function factsFor(
  { own, whole }: Told,
  { page, customer, chat, timeZone, now }: Surroundings,
): Facts {
  const given = {
    ...(page !== undefined && { page }),
    ...(customer !== undefined && { customer }),
    ...(chat !== undefined && { chat }),
  }
  const factsIn = (profile: KnownProfile) => {
    const memberIds = new Set(Object.keys(profile.audiences))
    return factsOf({ ...profile, ...given }, { timeZone, now, memberIds })
  }
  const facts = factsIn(own)
  if (whole === undefined) return facts
  const { session: _session, device: _device, place: _place, ...ofAll } = factsIn(whole)
  const { session, device, place, consent } = facts
  return {
    ...ofAll,
    consent,
    ...(session !== undefined && { session }),
    ...(device !== undefined && { device }),
    ...(place !== undefined && { place }),
  }
}
