import type { TrailEvent } from '#protocol/people.ts'

/** Events that stand together in a trail, as they happened in one visit. */
export interface TrailSession {
  readonly key: string
  readonly session: TrailEvent['session']
  readonly startedAt: number
  readonly events: readonly TrailEvent[]
}

/** Cuts a trail where the visit changes; in the order in which the events came. */
export function sessionsIn(events: readonly TrailEvent[]): TrailSession[] {
  const found: (TrailSession & { readonly events: TrailEvent[] })[] = []
  for (const event of events) {
    const last = found.at(-1)
    if (last !== undefined && last.session?.id === event.session?.id) {
      last.events.push(event)
      continue
    }
    const { session } = event
    const startedAt = session?.startedAt ?? event.at
    found.push({ key: `${session?.id ?? ''} ${event.id}`, session, startedAt, events: [event] })
  }
  return found
}
