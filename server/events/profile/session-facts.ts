import type { Touch } from '../attribution.ts'
import type { DevicePart, PlacePart } from '../profile-shape.ts'
import type { EventSession } from './profile-event.ts'
import type { SessionContext } from '../tables.ts'
import type { SessionFactsRow } from './store.ts'

/** A session as the reducer wants it; the row's number names it. */
export function sessionFacts({ id, startedAt, ...row }: SessionFactsRow): EventSession {
  const touch = parsed<Touch>(row.touch)
  const context = parsed<SessionContext>(row.context) ?? {}
  const place = parsed<PlacePart>(row.place)
  return {
    id: String(id),
    startedAt,
    device: deviceOf(context, row.device),
    ...(touch !== undefined && { touch }),
    ...(place !== undefined && { place }),
  }
}

function deviceOf(context: SessionContext, device: string | null): DevicePart {
  const { browser, os, screen, locale, timeZone } = context
  return {
    ...(device !== null && { class: device as NonNullable<DevicePart['class']> }),
    ...(browser !== undefined && { browser }),
    ...(os !== undefined && { os }),
    ...(screen !== undefined && { screen }),
    ...(locale !== undefined && { locale }),
    ...(timeZone !== undefined && { timeZone }),
  }
}

/** What we wrote ourselves, so its type is known. */
function parsed<T>(json: string | null): T | undefined {
  return json === null ? undefined : (JSON.parse(json) as T)
}
