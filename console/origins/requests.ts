import { ORIGIN_PATH, ORIGINS_PATH } from '#protocol/names.ts'
import type { ListedOrigin } from '#protocol/shop.ts'
import { change, send, type Reply } from '../api.ts'
import { pathOf } from '../settings/path-of.ts'

/** The origin as it is listed, whether it was before or not. */
export function addOrigin(origin: string): Promise<Reply<ListedOrigin>> {
  return send<ListedOrigin>(ORIGINS_PATH, { origin })
}

export function removeOrigin(id: string): Promise<Reply<undefined>> {
  return change('DELETE', pathOf(ORIGIN_PATH, { id }))
}
