import {
  MAX_AUDIENCES,
  MAX_TOLD_AUDIENCES,
  type Audience,
  type AudienceMember,
} from '#protocol/audiences.ts'
import type { Condition } from '#protocol/targeting.ts'
import { changesOf, recordChange, type Changes } from '../audit/service.ts'
import type { Actor } from '../core/actor.ts'
import { Refusal } from '../core/errors.ts'
import type { Database } from '../db/database.ts'
import { asksForItself, askedFor, type Handle } from './definitions.ts'
import { compile } from './compile.ts'
import { profileCount } from './fill.ts'
import { claimAudiences, holdAudiences } from './gate.ts'
import { parseAudienceCondition } from './parse-condition.ts'
import { memberCount, memberCounts } from './member-counts.ts'
import * as store from './store.ts'

/** Not told of unless it says so. */
type AudienceDraft = Pick<Audience, 'name' | 'condition'> & Partial<Pick<Audience, 'isTold'>>

export interface Audiences {
  /** Those in use, or those put away. */
  list(shopId: number, which?: { readonly isArchived: boolean }): Promise<Audience[]>
  find(shopId: number, id: string): Promise<Audience>
  /** Refuses a taken name (`conflict`), an audience that asks for itself, and more than there may be. */
  create(shopId: number, audience: AudienceDraft, by: Actor): Promise<Audience>
  update(shopId: number, id: string, audience: AudienceDraft, by: Actor): Promise<Audience>
  /** Puts it away, or back as it was: the same one, with its members. Refuses one that something asks for (`conflict`). */
  setArchived(shopId: number, id: string, isArchived: boolean, by: Actor): Promise<Audience>
  remove(shopId: number, id: string, by: Actor): Promise<void>
  members(
    shopId: number,
    id: string,
    page: {
      readonly cursor?: string | undefined
      readonly limit: number
      /** Whoever asks may read customers. */
      readonly hasNames: boolean
    },
  ): Promise<{ readonly items: AudienceMember[]; readonly nextCursor: string | null }>
}

interface AudiencesDeps {
  readonly db: Database
  readonly now: () => number
  readonly askerElsewhere: AskerElsewhere
  /** There is something to fill. */
  readonly onChanged: () => void
}

/** What else than an audience asks for this one, as the shop calls it: experience “Summer”. */
export type AskerElsewhere = (
  handle: Handle,
  shopId: number,
  audienceId: string,
) => Promise<string | undefined>

/** A condition may name people. */
const TOLD = ['name', 'isTold']

export function createAudiences(deps: AudiencesDeps): Audiences {
  const { db, now, askerElsewhere, onChanged } = deps
  const outside: Handle = { sql: db.sql, t: db.t }

  async function find(shopId: number, id: string): Promise<Audience> {
    const row = await store.findAudience(outside, shopId, rowOf(id))
    if (row === undefined) throw notFound()
    return audienceOf(row, await memberCount(outside, shopId, row.id))
  }

  /** Runs `change` while nobody else changes the shop's audiences. */
  async function changing<T>(
    shopId: number,
    change: (handle: Handle, audiences: readonly store.AudienceRow[]) => Promise<T>,
  ): Promise<T> {
    const result = await db.transaction(async (sql) => {
      const handle = { sql, t: db.t, holds: db.raw.dialect === 'postgres' }
      await claimAudiences(handle, shopId)
      await store.bumpEpoch(handle, shopId)
      return change(handle, await store.listAudiences(handle, shopId))
    })
    onChanged()
    return result
  }

  async function refuseAskedFor(
    handle: Handle,
    shopId: number,
    id: string,
    others: readonly store.AudienceRow[],
  ): Promise<void> {
    const reader = others.find(({ condition }) => asksFor(condition, id))
    const asker =
      reader === undefined ? await askerElsewhere(handle, shopId, id) : `audience “${reader.name}”`
    if (asker === undefined) return
    throw new Refusal('conflict', `The ${asker} asks for it: change that first`)
  }

  function note(
    handle: Handle,
    shopId: number,
    { by, action, id, ...changes }: Changes & { by: Actor; action: string; id: string },
  ): Promise<void> {
    const object = { kind: 'audience', id }
    return recordChange(handle, shopId, { ...changes, by, at: now(), action, object })
  }

  return {
    async list(shopId, { isArchived } = { isArchived: false }) {
      const all = await store.listAudiences(outside, shopId)
      const rows = all.filter(({ archivedAt }) => (archivedAt !== null) === isArchived)
      const counts = await memberCounts(outside, shopId)
      return rows.map((row) => audienceOf(row, counts.get(row.id) ?? 0))
    },
    find,
    async create(shopId, { name, condition, isTold = false }, by) {
      const checked = parseAudienceCondition(condition)
      const fillTotal = await profileCount(outside, shopId)
      const id = await changing(shopId, async (handle, others) => {
        if (others.length >= MAX_AUDIENCES) {
          throw new Refusal('conflict', `A shop has at most ${MAX_AUDIENCES} audiences`)
        }
        refuseUnknown(checked, others)
        if (isTold) refuseManyTold(others)
        const made = await store.insertAudience(handle, shopId, {
          name,
          condition: checked,
          isTold,
          fillTotal,
          createdAt: now(),
        })
        if (made === undefined) return undefined
        const changes = changesOf(null, { name, condition: checked, isTold }, TOLD)
        await note(handle, shopId, { by, action: 'audience.created', id: String(made), ...changes })
        return made
      })
      if (id === undefined) {
        throw new Refusal('conflict', `There is an audience “${name}” already, or archived`)
      }
      return find(shopId, String(id))
    },
    async update(shopId, id, { name, condition, isTold = false }, by) {
      const checked = parseAudienceCondition(condition)
      const fillTotal = await profileCount(outside, shopId)
      await changing(shopId, async (handle, others) => {
        const before = others.find((other) => other.id === rowOf(id))
        if (before === undefined) throw notFound()
        if (others.some((other) => other !== before && other.name === name)) {
          throw new Refusal('conflict', `There is an audience “${name}” already`)
        }
        refuseUnknown(checked, others)
        if (asksForItself(id, checked, others)) {
          throw new Refusal('bad_request', 'An audience can’t ask for itself, nor others for it')
        }
        if (isTold) refuseManyTold(others.filter((other) => other !== before))
        const isSame = JSON.stringify(before.condition) === JSON.stringify(checked)
        await store.updateAudience(handle, shopId, before.id, {
          name,
          isTold,
          updatedAt: now(),
          ...(!isSame && { refill: { condition: checked, fillTotal } }),
        })
        const was = { name: before.name, condition: before.condition, isTold: before.isTold }
        const changes = changesOf(was, { name, condition: checked, isTold }, TOLD)
        await note(handle, shopId, { by, action: 'audience.changed', id, ...changes })
      })
      return find(shopId, id)
    },
    async setArchived(shopId, id, isArchived, by) {
      await changing(shopId, async (handle, others) => {
        const before = others.find((other) => other.id === rowOf(id))
        if (before === undefined) throw notFound()
        if ((before.archivedAt !== null) === isArchived) return
        if (isArchived) await refuseAskedFor(handle, shopId, id, others)
        else refuseUnknown(before.condition, others)
        await store.setArchived(handle, shopId, before.id, isArchived ? now() : null)
        const action = isArchived ? 'audience.archived' : 'audience.restored'
        const changes = { before: { isArchived: !isArchived }, after: { isArchived } }
        await note(handle, shopId, { by, action, id, ...changes })
      })
      return find(shopId, id)
    },
    async remove(shopId, id, by) {
      await changing(shopId, async (handle, others) => {
        await refuseAskedFor(handle, shopId, id, others)
        if (!(await store.deleteAudience(handle, shopId, rowOf(id)))) throw notFound()
        const { name, condition } = others.find((other) => other.id === rowOf(id)) ?? {}
        const changes = changesOf({ name, condition }, null, TOLD)
        await note(handle, shopId, { by, action: 'audience.removed', id, ...changes })
      })
    },
    async members(shopId, id, { cursor, limit, hasNames }) {
      const known = await store.findAudience(outside, shopId, rowOf(id))
      if (known === undefined) throw notFound()
      const after = cursor === undefined ? undefined : placeOf(cursor)
      const rows = await store.listMembers(outside, shopId, rowOf(id), { after, limit: limit + 1 })
      const items = rows.slice(0, limit)
      const last = rows.length > limit ? items.at(-1) : undefined
      return {
        items: items.map(({ kind, publicId, since, name }) => ({
          kind,
          id: publicId.toString('base64url'),
          since,
          ...(hasNames && name !== null && { name }),
        })),
        nextCursor: last === undefined ? null : `${last.kind}-${last.subjectId}`,
      }
    },
  }
}

/**
 * For a condition that another slice is saving in this transaction: until it ends, none of the audiences that it asks for
 * is removed. Refuses those that the shop has not.
 */
export async function holdAskedFor(
  handle: Handle,
  shopId: number,
  condition: Condition,
): Promise<void> {
  await holdAudiences(handle, [shopId])
  refuseUnknown(condition, await store.listAudiences(handle, shopId))
}

export function asksFor(condition: Condition, audienceId: string): boolean {
  return askedFor(compile(condition)).includes(audienceId)
}

function refuseUnknown(condition: Condition, known: readonly store.AudienceRow[]): void {
  const there = known.filter(({ archivedAt }) => archivedAt === null)
  const ids = new Set(there.map(({ id }) => String(id)))
  const unknown = askedFor(compile(condition)).find((id) => !ids.has(id))
  if (unknown !== undefined) throw new Refusal('bad_request', `There is no audience ${unknown}`)
}

function refuseManyTold(others: readonly store.AudienceRow[]): void {
  if (others.filter(({ isTold }) => isTold).length < MAX_TOLD_AUDIENCES) return
  throw new Refusal('conflict', `Webhooks are told of at most ${MAX_TOLD_AUDIENCES} audiences`)
}

function audienceOf(row: store.AudienceRow, members: number): Audience {
  const { id, filled, fillTotal, archivedAt, ...rest } = row
  return {
    ...rest,
    id: String(id),
    isArchived: archivedAt !== null,
    progress: { done: filled, total: Math.max(filled, fillTotal) },
    members,
  }
}

/** Ids are opaque to whoever sends them; one that is no row's number finds nothing. */
function rowOf(id: string): number {
  return /^[1-9]\d{0,14}$/.test(id) ? Number(id) : 0
}

function placeOf(cursor: string): store.MemberPlace {
  const [, kind, id] = /^(visitor|customer)-(\d{1,15})$/.exec(cursor) ?? []
  if (kind === undefined || id === undefined) {
    throw new Refusal('bad_request', 'cursor: send the nextCursor of the answer before')
  }
  return { kind: kind === 'visitor' ? 'visitor' : 'customer', subjectId: Number(id) }
}

function notFound(): Refusal {
  return new Refusal('not_found', 'There is no such audience')
}
