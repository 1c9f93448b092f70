import type { LiveEvent } from '#protocol/sockets.ts'

/** A browser and the shop's own server may each send an event under one id: both are stored, and both are shown. */
export function eventKey({ id, verified }: Pick<LiveEvent, 'id' | 'verified'>): string {
  return verified ? `${id}+` : id
}
