import { PRESENCE_MS } from '#protocol/names.ts'
import type { Presence } from '#protocol/chat-channels.ts'

interface Known {
  /** As the member set it. */
  readonly presence: 'online' | 'away'
  /** Their last input or message. */
  readonly activeAt: number
}

/** What holds now: half an hour without activity, and a member counts as gone, whatever they set. */
export function presenceOf(known: Known | undefined, now: number): Presence {
  if (known === undefined || !isActive(known.activeAt, now)) return 'offline'
  return known.presence
}

function isActive(activeAt: number, now: number): boolean {
  return now - activeAt < PRESENCE_MS
}

/** Activity before it is too long ago. */
export function idleBefore(now: number): number {
  return now - PRESENCE_MS
}
