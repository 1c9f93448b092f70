import type { Audience } from '#protocol/audiences.ts'
import { AUDIENCES_PATH } from '#protocol/names.ts'
import type { Condition } from '#protocol/targeting.ts'
import { change, send, type Reply } from '../api.ts'
import { audiencePath } from './addresses.ts'

export interface AudienceDraft {
  readonly name: string
  readonly condition: Condition
}

export function makeAudience({ name, condition }: AudienceDraft): Promise<Reply<Audience>> {
  return send<Audience>(AUDIENCES_PATH, { name, condition })
}

export function replaceAudience({
  id,
  name,
  condition,
}: AudienceDraft & { readonly id: string }): Promise<Reply<Audience>> {
  return change<Audience>('PUT', audiencePath(id), { name, condition })
}

export function removeAudience(id: string): Promise<Reply<undefined>> {
  return change('DELETE', audiencePath(id))
}
