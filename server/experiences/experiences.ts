import {
  EXPERIENCE_LIMITS,
  type ChangedExperience,
  type Experience,
  type ExperienceDraft,
} from '#protocol/experiences.ts'
import type { Clock } from '../core/clock.ts'
import { Refusal } from '../core/errors.ts'
import type { Database } from '../db/database.ts'
import { PAGE_VIEWED } from '../events/service.ts'
import { holdAskedFor, parseCondition, type Handle } from '../targeting/service.ts'
import { drawnOf } from './sanitise/drawn-of.ts'
import * as store from './store.ts'

export interface SavedExperiences {
  /** In the order of their keys. */
  list(
    shopId: number,
    page: { readonly cursor: string | undefined; readonly limit: number },
  ): Promise<{ readonly items: Experience[]; readonly nextCursor: string | null }>
  find(shopId: number, id: string): Promise<Experience>
  /** Refuses a taken key (`conflict`), an audience that is not there, and more than there may be. */
  create(shopId: number, draft: ExperienceDraft): Promise<ChangedExperience>
  update(shopId: number, id: string, draft: ExperienceDraft): Promise<ChangedExperience>
  remove(shopId: number, id: string): Promise<void>
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
    async create(shopId, draft) {
      const { written, removed } = writtenOf(draft)
      const id = await changing(shopId, written, async (handle) => {
        if ((await store.countExperiences(handle, shopId)) >= EXPERIENCE_LIMITS.experiences) {
          throw new Refusal(
            'conflict',
            `A shop has at most ${EXPERIENCE_LIMITS.experiences} experiences`,
          )
        }
        const made = await store.insertExperience(handle, shopId, { ...written, createdAt: now() })
        return made ?? refuseTaken(draft.key)
      })
      return { ...(await find(shopId, String(id))), removed }
    },
    async update(shopId, id, draft) {
      const { written, removed } = writtenOf(draft)
      const row = rowOf(id)
      await changing(shopId, written, async (handle) => {
        if ((await store.findExperience(handle, shopId, row)) === undefined) throw notFound()
        const holder = await store.findIdByKey(handle, shopId, draft.key)
        if (holder !== undefined && holder !== row) refuseTaken(draft.key)
        await store.updateExperience(handle, shopId, row, { ...written, updatedAt: now() })
      })
      return { ...(await find(shopId, id)), removed }
    },
    async remove(shopId, id) {
      await db.transaction(async (sql) => {
        const handle = { sql, t: db.t, holds }
        await store.bumpEpoch(handle, shopId)
        if (!(await store.deleteExperience(handle, shopId, rowOf(id)))) throw notFound()
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

function refuseTaken(key: string): never {
  throw new Refusal('conflict', `There is an experience “${key}” already`)
}
