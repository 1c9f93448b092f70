import type { Refused } from '../api.ts'

/** What the server says of an address that it is to ask, by how its sentence begins (server/core/outbound.ts). */
const BEGINNINGS = {
  private: 'url: an address on the net',
  port: 'url: port',
  password: 'url: without',
} as const

/** Why an address is never asked; undefined: it is no address, or something else is wrong. */
export function addressFault({ detail }: Refused): keyof typeof BEGINNINGS | undefined {
  if (detail.startsWith(BEGINNINGS.private)) return 'private'
  if (detail.startsWith(BEGINNINGS.port)) return 'port'
  return detail.startsWith(BEGINNINGS.password) ? 'password' : undefined
}
