import { AUDIENCE_MEMBERS_PATH, AUDIENCE_PATH } from '#protocol/names.ts'
import { pathOf } from '../settings/path-of.ts'

export const AUDIENCES_PAGE_PATH = '/console/audiences'
const AUDIENCE_PAGE_PATH = '/console/audience'

/** The page of one audience; without an id, of one that is about to be made. */
export function audienceAddress(id?: string): string {
  return pathOf(AUDIENCE_PAGE_PATH, {}, { id })
}

export function audiencePath(id: string): string {
  return pathOf(AUDIENCE_PATH, { id })
}

export function membersPath(id: string): string {
  return pathOf(AUDIENCE_MEMBERS_PATH, { id })
}

/** The 360° page of whoever is in an audience. */
export function personAddress(kind: 'visitor' | 'customer', id: string): string {
  return pathOf(`/console/${kind}`, {}, { id })
}
