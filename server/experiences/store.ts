import { randomInt } from 'node:crypto'
import { and, asc, count, eq, gt, sql as text } from 'drizzle-orm'
import type { Experience, ExperienceSettings } from '#protocol/experiences.ts'
import type { Block, PopupContent } from '#protocol/popup.ts'
import type { Handle } from '../targeting/service.ts'

export interface ExperienceRow extends Omit<Experience, 'id'> {
  readonly id: number
}

/** An experience with what pages get of it. */
export type WrittenExperience = Omit<
  ExperienceRow,
  'id' | 'version' | 'createdAt' | 'updatedAt'
> & {
  readonly drawn: PopupContent
  readonly thanks: Block[]
}

/** Before a shop's first change, and after it until something else is set. */
export const FIRST_SETTINGS: ExperienceSettings = { isOn: true, perSession: null, gapSeconds: 0 }

/**
 * From the next commit on, what is running is read anew. Its row is locked until the transaction ends, so that of a
 * shop's experiences one change happens at a time.
 */
export async function bumpEpoch({ sql, t }: Handle, shopId: number): Promise<void> {
  const { experienceSettings: settings } = t
  await sql
    .insert(settings)
    .values({ ...FIRST_SETTINGS, shopId, epoch: 1 })
    .onConflictDoUpdate({
      target: settings.shopId,
      set: { epoch: text`${settings.epoch} + 1` },
    })
}

/** Of a shop whose row `bumpEpoch` has made or found, in the same transaction. */
export async function updateSettings(
  { sql, t }: Handle,
  shopId: number,
  changes: ExperienceSettings,
): Promise<void> {
  await sql.update(t.experienceSettings).set(changes).where(eq(t.experienceSettings.shopId, shopId))
}

/** Whether the shop had none; of several that ask at once, one is told so. */
export async function insertSettings({ sql, t }: Handle, shopId: number): Promise<boolean> {
  const made = await sql
    .insert(t.experienceSettings)
    .values({ ...FIRST_SETTINGS, shopId, epoch: 1 })
    .onConflictDoNothing()
    .returning({ shopId: t.experienceSettings.shopId })
  return made.length > 0
}

export async function findSettings(
  { sql, t }: Handle,
  shopId: number,
): Promise<ExperienceSettings | undefined> {
  const { isOn, perSession, gapSeconds } = t.experienceSettings
  const [found] = await sql
    .select({ isOn, perSession, gapSeconds })
    .from(t.experienceSettings)
    .where(eq(t.experienceSettings.shopId, shopId))
  return found
}

/** Those behind `after` in the order of their keys. */
export function listExperiences(
  { sql, t }: Handle,
  shopId: number,
  { after, limit }: { readonly after: string | undefined; readonly limit: number },
): Promise<ExperienceRow[]> {
  return sql
    .select(columnsOf(t))
    .from(t.experiences)
    .where(
      and(
        eq(t.experiences.shopId, shopId),
        after === undefined ? undefined : gt(t.experiences.key, after),
      ),
    )
    .orderBy(asc(t.experiences.key))
    .limit(limit)
}

export async function findExperience(
  { sql, t }: Handle,
  shopId: number,
  id: number,
): Promise<ExperienceRow | undefined> {
  const [found] = await sql
    .select(columnsOf(t))
    .from(t.experiences)
    .where(and(eq(t.experiences.shopId, shopId), eq(t.experiences.id, id)))
  return found
}

export async function findIdByKey(
  { sql, t }: Handle,
  shopId: number,
  key: string,
): Promise<number | undefined> {
  const [found] = await sql
    .select({ id: t.experiences.id })
    .from(t.experiences)
    .where(and(eq(t.experiences.shopId, shopId), eq(t.experiences.key, key)))
  return found?.id
}

export async function countExperiences({ sql, t }: Handle, shopId: number): Promise<number> {
  const [found] = await sql
    .select({ count: count() })
    .from(t.experiences)
    .where(eq(t.experiences.shopId, shopId))
  return found?.count ?? 0
}

/** What every experience of the shop is aimed by. */
export function listTargeting(
  { sql, t }: Handle,
  shopId: number,
): Promise<Pick<ExperienceRow, 'name' | 'targeting'>[]> {
  return sql
    .select({ name: t.experiences.name, targeting: t.experiences.targeting })
    .from(t.experiences)
    .where(eq(t.experiences.shopId, shopId))
}

/** Undefined where there is one of that key. */
export async function insertExperience(
  { sql, t }: Handle,
  shopId: number,
  { createdAt, ...written }: WrittenExperience & Pick<ExperienceRow, 'createdAt'>,
): Promise<number | undefined> {
  const [made] = await sql
    .insert(t.experiences)
    .values({ ...written, id: newId(), shopId, createdAt, updatedAt: createdAt })
    .onConflictDoNothing()
    .returning({ id: t.experiences.id })
  return made?.id
}

/** One that no removed experience had: pages still tell of those, and SQLite would count on from the last. */
function newId(): number {
  return randomInt(1, MAX_ID)
}

/** Thirteen digits: events name experiences, and redaction takes fourteen for the number of a card. */
const MAX_ID = 2 ** 43 - 1

export async function updateExperience(
  { sql, t }: Handle,
  shopId: number,
  id: number,
  changes: Partial<WrittenExperience> & Pick<ExperienceRow, 'version' | 'updatedAt'>,
): Promise<void> {
  await sql
    .update(t.experiences)
    .set(changes)
    .where(and(eq(t.experiences.shopId, shopId), eq(t.experiences.id, id)))
}

export async function deleteExperience(
  { sql, t }: Handle,
  shopId: number,
  id: number,
): Promise<boolean> {
  const gone = await sql
    .delete(t.experiences)
    .where(and(eq(t.experiences.shopId, shopId), eq(t.experiences.id, id)))
    .returning({ id: t.experiences.id })
  return gone.length > 0
}

function columnsOf({ experiences }: Handle['t']) {
  const { id, key, name, kind, state, priority, targeting, triggers, frequency } = experiences
  const { goal, startsAt, endsAt, content, version, createdAt, updatedAt } = experiences
  const who = { id, key, name, kind, state, priority, targeting, triggers, frequency }
  return { ...who, goal, startsAt, endsAt, content, version, createdAt, updatedAt }
}
