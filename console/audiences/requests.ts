import type { Audience } from '#protocol/audiences.ts'
import { AUDIENCE_ARCHIVED_PATH, AUDIENCES_PATH } from '#protocol/names.ts'
import type { Condition } from '#protocol/targeting.ts'
import { change, send, type Reply } from '../api.ts'
import { pathOf } from '../settings/path-of.ts'
import { audiencePath } from './addresses.ts'

export interface AudienceDraft {
  readonly name: string
  readonly condition: Condition
  /** Webhooks are told who enters and leaves. */
  readonly isTold: boolean
}

export function makeAudience({ name, condition, isTold }: AudienceDraft): Promise<Reply<Audience>> {
  return send<Audience>(AUDIENCES_PATH, { name, condition, isTold })
}

export function replaceAudience({
  id,
  name,
  condition,
  isTold,
}: AudienceDraft & { readonly id: string }): Promise<Reply<Audience>> {
  return change<Audience>('PUT', audiencePath(id), { name, condition, isTold })
}

export function archiveAudience({
  id,
  isArchived,
}: Pick<Audience, 'id' | 'isArchived'>): Promise<Reply<Audience>> {
  return change<Audience>('PUT', pathOf(AUDIENCE_ARCHIVED_PATH, { id }), { isArchived })
}

export function removeAudience(id: string): Promise<Reply<undefined>> {
  return change('DELETE', audiencePath(id))
}
