import type { ExperiencePriorities } from '#protocol/experience-management.ts'
import {
  EXPERIENCE_LIMITS,
  type ChangedExperience,
  type Experience,
  type ExperienceDraft,
} from '#protocol/experiences.ts'
import { changesOf, recordChange } from '../audit/service.ts'
import type { Actor } from '../core/actor.ts'
import type { Clock } from '../core/clock.ts'
import { Refusal } from '../core/errors.ts'
import type { Database } from '../db/database.ts'
import { PAGE_VIEWED } from '../events/service.ts'
import { holdAskedFor, parseCondition, type Handle } from '../targeting/service.ts'
import { drawnOf } from './sanitise/drawn-of.ts'
import { draftOf, keepVersion } from './keep-version.ts'
import * as store from './store.ts'
import { insertVersion } from './version-store.ts'

export interface SavedExperiences {
  /** In the order of their keys. */
  list(
    shopId: number,
    page: { readonly cursor: string | undefined; readonly limit: number },
  ): Promise<{ readonly items: Experience[]; readonly nextCursor: string | null }>
  find(shopId: number, id: string): Promise<Experience>
  /** Refuses a taken key (`conflict`), an audience that is not there, and more than there may be. */
  create(shopId: number, draft: ExperienceDraft, by: Actor): Promise<ChangedExperience>
  /** `version`: the one that was read before; refuses (`conflict`) where somebody has changed it since. */
  update(
    shopId: number,
    id: string,
    draft: ExperienceDraft,
    by: Actor,
    version?: number,
  ): Promise<ChangedExperience>
  /** Refuses all of them where one is not there. */
  prioritise(shopId: number, priorities: ExperiencePriorities, by: Actor): Promise<void>
  remove(shopId: number, id: string, by: Actor): Promise<void>
  /** Makes these for a shop that never had any nor changed its settings; whoever asks again changes nothing. */
  createFirst(shopId: number, drafts: readonly ExperienceDraft[]): Promise<void>
}

export interface ManagementDeps {
  readonly db: Database
  readonly now: Clock
}

export function createSavedExperiences({ db, now }: ManagementDeps): SavedExperiences {
  const outside: Handle = { sql: db.sql, t: db.t }
  const holds = db.raw.dialect === 'postgres'

  async function find(shopId: number, id: string): Promise<Experience> {
    const row = await store.findExperience(outside, shopId, rowOf(id))
    if (row === undefined) throw notFound()
    return experienceOf(row, now())
  }

  /** Runs `change` while nobody else changes the shop's experiences, nor removes an audience. */
  function changing<T>(
    shopId: number,
    { targeting }: Pick<ExperienceDraft, 'targeting'>,
    change: (handle: Handle) => Promise<T>,
  ): Promise<T> {
    return db.transaction(async (sql) => {
      const handle = { sql, t: db.t, holds }
      await holdAskedFor(handle, shopId, targeting)
      await store.bumpEpoch(handle, shopId)
      return change(handle)
    })
  }

  function note(
    handle: Handle,
    shopId: number,
    { by, action, id, before, after }: Noted,
  ): Promise<void> {
    return recordChange(handle, shopId, {
      ...changesOf(before && { ...draftOf(before) }, after && { ...draftOf(after) }, TOLD),
      by,
      action,
      at: now(),
      object: { kind: 'experience', id: String(id) },
    })
  }

  return {
    async list(shopId, { cursor, limit }) {
      const page = { after: cursor, limit: limit + 1 }
      const rows = await store.listExperiences(outside, shopId, page)
      const shown = rows.slice(0, limit)
      const at = now()
      return {
        items: shown.map((row) => experienceOf(row, at)),
        nextCursor: rows.length > limit ? (shown.at(-1)?.key ?? null) : null,
      }
    },
    find,
    async create(shopId, draft, by) {
      const { written, removed } = writtenOf(draft)
      const id = await changing(shopId, written, async (handle) => {
        if ((await store.countExperiences(handle, shopId)) >= EXPERIENCE_LIMITS.experiences) {
          throw new Refusal(
            'conflict',
            `A shop has at most ${EXPERIENCE_LIMITS.experiences} experiences`,
          )
        }
        const made = await store.insertExperience(handle, shopId, { ...written, createdAt: now() })
        if (made === undefined) return refuseTaken(draft.key)
        const first = { number: 1, at: now(), by, changed: [], experience: draftOf(written) }
        await insertVersion(handle, shopId, made, first)
        const change = { by, id: made, before: null, after: written }
        await note(handle, shopId, { ...change, action: 'experience.created' })
        return made
      })
      return { ...(await find(shopId, String(id))), removed }
    },
    async update(shopId, id, draft, by, version) {
      const { written, removed } = writtenOf(draft)
      const row = rowOf(id)
      await changing(shopId, written, async (handle) => {
        const before = await store.findExperience(handle, shopId, row)
        if (before === undefined) throw notFound()
        if (version !== undefined && version !== before.version) refuseChanged(before)
        const holder = await store.findIdByKey(handle, shopId, draft.key)
        if (holder !== undefined && holder !== row) refuseTaken(draft.key)
        const at = now()
        const kept = { after: draftOf(written), by, at }
        const number = await keepVersion(handle, shopId, before, kept)
        const changes = { ...written, version: number, updatedAt: at }
        await store.updateExperience(handle, shopId, row, changes)
        const change = { by, id: row, before, after: written }
        await note(handle, shopId, { ...change, action: CHANGED })
      })
      return { ...(await find(shopId, id)), removed }
    },
    async prioritise(shopId, { items }, by) {
      await db.transaction(async (sql) => {
        const handle = { sql, t: db.t, holds }
        await store.bumpEpoch(handle, shopId)
        for (const { id, priority } of items) {
          const before = await store.findExperience(handle, shopId, rowOf(id))
          if (before === undefined) throw notFound()
          if (before.priority === priority) continue
          const after = { ...draftOf(before), priority }
          const at = now()
          const version = await keepVersion(handle, shopId, before, { after, by, at })
          const changes = { priority, version, updatedAt: at }
          await store.updateExperience(handle, shopId, before.id, changes)
          await note(handle, shopId, { by, id: before.id, before, after, action: CHANGED })
        }
      })
    },
    async remove(shopId, id, by) {
      await db.transaction(async (sql) => {
        const handle = { sql, t: db.t, holds }
        await store.bumpEpoch(handle, shopId)
        const before = await store.findExperience(handle, shopId, rowOf(id))
        if (before === undefined) throw notFound()
        await store.deleteExperience(handle, shopId, before.id)
        const change = { by, id: before.id, before, after: null }
        await note(handle, shopId, { ...change, action: 'experience.removed' })
      })
    },
    async createFirst(shopId, drafts) {
      await db.transaction(async (sql) => {
        const handle = { sql, t: db.t, holds }
        if (!(await store.insertSettings(handle, shopId))) return
        for (const draft of drafts) {
          const { written } = writtenOf(draft)
          await store.insertExperience(handle, shopId, { ...written, createdAt: now() })
        }
      })
    },
  }
}

/** What may be told as it is; conditions and contents may hold anything. */
const TOLD = ['key', 'name', 'kind', 'state', 'priority', 'frequency', 'goal', 'startsAt', 'endsAt']

const CHANGED = 'experience.changed'

type Written = Pick<store.ExperienceRow, keyof ExperienceDraft>

interface Noted {
  readonly by: Actor
  readonly action: string
  readonly id: number
  readonly before: Written | null
  readonly after: Written | null
}

function writtenOf(draft: ExperienceDraft): {
  readonly written: store.WrittenExperience
  readonly removed: readonly string[]
} {
  if (draft.goal.event === PAGE_VIEWED) {
    throw new Refusal('bad_request', 'goal.event: an event of its own; page views reach no goal')
  }
  const { drawn, thanks, removed } = drawnOf(draft.content)
  const targeting = parseCondition(draft.targeting)
  return { written: { ...draft, targeting, drawn, thanks: [...thanks] }, removed }
}

/** One that its end has overtaken shows nothing, whatever it was set to. */
function experienceOf({ id, ...row }: store.ExperienceRow, now: number): Experience {
  const isOver = row.endsAt !== null && row.endsAt <= now && row.state !== 'draft'
  return { ...row, id: String(id), state: isOver ? 'ended' : row.state }
}

/** Ids are opaque to whoever sends them; one that is no row's number finds nothing. */
export function rowOf(id: string): number {
  return /^[1-9]\d{0,14}$/.test(id) ? Number(id) : 0
}

export function notFound(): Refusal {
  return new Refusal('not_found', 'There is no such experience')
}

function refuseChanged({ version }: store.ExperienceRow): never {
  throw new Refusal('conflict', `Somebody has changed it since: it is at version ${version}`)
}

function refuseTaken(key: string): never {
  throw new Refusal('conflict', `There is an experience “${key}” already`)
}
