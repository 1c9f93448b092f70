import { setImmediate as nextTurn } from 'node:timers/promises'
import { and, asc, eq, gte, lt, sql as text } from 'drizzle-orm'
import { GROWTH_DAYS, type AudienceGrowth } from '#protocol/audiences.ts'
import type { Database } from '../db/database.ts'
import { inGroups } from '../db/padded.ts'
import type { DefinitionCache, Handle } from './definitions.ts'
import { memberCounts } from './member-counts.ts'
import { wallTimeAt } from './wall-clock.ts'

const DAY_MS = 86_400_000
/** So late at most is what a day ended with. */
const EVERY_MS = 30 * 60_000

interface GrowthDeps {
  readonly db: Database
  readonly definitions: DefinitionCache
  readonly now: () => number
}

/** Writes down how large audiences are, so that their growth can be told. */
export function createGrowth({ db, definitions, now }: GrowthDeps) {
  const handle: Handle = { sql: db.sql, t: db.t }
  let writtenAt = -Infinity

  async function todayIn(shopId: number): Promise<number | undefined> {
    const timeZone = (await definitions.of(handle, shopId))?.timeZone
    const wall = timeZone === undefined ? undefined : wallTimeAt(timeZone, now())
    return wall === undefined ? undefined : Math.floor(wall / DAY_MS)
  }

  /** Of one shop; what was written before today stays. */
  async function write(shopId: number): Promise<void> {
    const day = await todayIn(shopId)
    if (day === undefined) return
    const ids = await audienceIds(handle, shopId)
    const counts = await memberCounts(handle, shopId)
    const rows = ids.map((audienceId) => {
      const members = counts.get(audienceId) ?? 0
      return { shopId, audienceId, day, members }
    })
    const { audienceSizes: sizes } = db.t
    await db.transaction(async (sql) => {
      for (const some of inGroups(rows)) {
        await sql
          .insert(sizes)
          .values(some)
          .onConflictDoUpdate({
            target: [sizes.shopId, sizes.audienceId, sizes.day],
            set: { members: text`excluded.members` },
          })
      }
      await sql.delete(sizes).where(and(eq(sizes.shopId, shopId), lt(sizes.day, day - GROWTH_DAYS)))
    })
  }

  return {
    /** Of all shops, now and then. */
    async writeSometimes(isOver: () => boolean): Promise<void> {
      if (now() - writtenAt < EVERY_MS) return
      writtenAt = now()
      for (const shopId of await shopsWithAudiences(handle)) {
        if (isOver()) return
        await write(shopId)
        await nextTurn()
      }
    },

    /** How large each of the shop's audiences was on the last `days` days, today included as it is now. */
    async read(shopId: number, days: number): Promise<AudienceGrowth[]> {
      const today = await todayIn(shopId)
      if (today === undefined) return []
      const before = await listSizes(handle, shopId, { from: today - days + 1, before: today })
      const ids = await audienceIds(handle, shopId)
      const current = await memberCounts(handle, shopId)
      const sizes = new Map(ids.map((id): [number, Size[]] => [id, []]))
      for (const { audienceId, day, members } of before) {
        sizes.get(audienceId)?.push({ on: dateOf(day), members })
      }
      for (const [id, of] of sizes) of.push({ on: dateOf(today), members: current.get(id) ?? 0 })
      return [...sizes].map(([id, of]) => ({ audienceId: String(id), days: of }))
    },
  }
}

async function audienceIds({ sql, t }: Handle, shopId: number): Promise<number[]> {
  const rows = await sql
    .select({ id: t.audiences.id })
    .from(t.audiences)
    .where(eq(t.audiences.shopId, shopId))
  return rows.map(({ id }) => id)
}

async function shopsWithAudiences({ sql, t }: Handle): Promise<number[]> {
  const rows = await sql.selectDistinct({ shopId: t.audiences.shopId }).from(t.audiences)
  return rows.map(({ shopId }) => shopId)
}

interface Size {
  readonly on: string
  readonly members: number
}

function listSizes(
  { sql, t }: Handle,
  shopId: number,
  { from, before }: { readonly from: number; readonly before: number },
) {
  const { audienceId, day, members, shopId: shop } = t.audienceSizes
  return sql
    .select({ audienceId, day, members })
    .from(t.audienceSizes)
    .where(and(eq(shop, shopId), gte(day, from), lt(day, before)))
    .orderBy(asc(audienceId), asc(day))
}

/** `2026-11-22`. */
function dateOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}
