import type { PreparedEvent } from './prepared.ts'
import type { Newcomer } from './statements.ts'

/** An event as `INSERT_EVENTS` reads it from JSON. */
export function eventRow(event: PreparedEvent) {
  return {
    shop_id: event.shopId,
    id: event.id.toString('hex'),
    visitor_id: event.visitorRow,
    session_id: event.sessionRow,
    type: event.type,
    name: event.name,
    at: event.at,
    received_at: event.receivedAt,
    client_seq: event.clientSeq,
    url: event.url,
    referrer: event.referrer,
    title: event.title,
    page_type: event.pageType,
    user_id: event.userId,
    group_id: event.groupId,
    properties: event.properties,
    traits: event.traits,
    verified: event.isVerified,
  }
}

/** A newcomer as `INSERT_NEWCOMERS` reads it from JSON. */
export function newcomerRow(newcomer: Newcomer, position: number) {
  const { shopId, publicId, tokenHash, consent, seenAt, session } = newcomer
  return {
    position,
    shop_id: shopId,
    public_id: publicId.toString('hex'),
    token_hash: tokenHash?.toString('hex') ?? null,
    consent,
    seen_at: seenAt,
    ...(session !== null && {
      session_id: session.publicId.toString('hex'),
      started_at: session.startedAt,
      clock_offset: session.clockOffset,
      touch: session.touch,
      device: session.device,
      context: session.context,
      place: session.place,
    }),
  }
}
