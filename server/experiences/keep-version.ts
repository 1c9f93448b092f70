import { isDeepStrictEqual } from 'node:util'
import type { ExperienceDraft } from '#protocol/experiences.ts'
import type { Actor } from '../core/actor.ts'
import type { Handle } from '../targeting/service.ts'
import type { ExperienceRow } from './store.ts'
import { insertVersion } from './version-store.ts'

/** In the transaction of the change, which holds the shop's experiences. Gives the version's number. */
export async function keepVersion(
  handle: Handle,
  shopId: number,
  before: ExperienceRow,
  change: { readonly after: ExperienceDraft; readonly by: Actor; readonly at: number },
): Promise<number> {
  const earlier = draftOf(before)
  const { after, ...what } = change
  const changed = FIELDS.filter((field) => !isDeepStrictEqual(earlier[field], after[field]))
  if (changed.length === 0) return before.version
  // One that was written before versions were kept is not in the list yet.
  const first = { number: before.version, at: before.updatedAt, by: undefined, changed: [] }
  await insertVersion(handle, shopId, before.id, { ...first, experience: earlier })
  const number = before.version + 1
  await insertVersion(handle, shopId, before.id, { ...what, number, changed, experience: after })
  return number
}

/** As it was sent, without what is made of it. */
export function draftOf(written: ExperienceDraft): ExperienceDraft {
  const { key, name, kind, state, priority, targeting, triggers, frequency, goal } = written
  const { startsAt, endsAt, content } = written
  const what = { key, name, kind, state, priority, targeting, triggers, frequency, goal }
  return { ...what, startsAt, endsAt, content }
}

const FIELDS = [
  'key',
  'name',
  'kind',
  'state',
  'priority',
  'targeting',
  'triggers',
  'frequency',
  'goal',
  'startsAt',
  'endsAt',
  'content',
] as const satisfies readonly (keyof ExperienceDraft)[]
