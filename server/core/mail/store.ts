import { and, desc, eq, inArray, isNull, lt, sql as expression } from 'drizzle-orm'
import { MAIL_STATES, type MailState } from '#protocol/mail.ts'
import type { Database } from '../../db/database.ts'

type Transaction = Pick<Database, 'sql' | 't'>
type ShopId = number | null

export type MailRow = Database['t']['mails']['$inferSelect']
export type NewMailRow = Omit<
  MailRow,
  'id' | 'shopId' | 'state' | 'attempts' | 'lastError' | 'sentAt'
>

export async function insertMail(
  { sql, t }: Transaction,
  shopId: ShopId,
  mail: NewMailRow,
): Promise<number> {
  const [made] = await sql
    .insert(t.mails)
    .values({ ...mail, shopId, state: 'waiting', attempts: 0 })
    .returning({ id: t.mails.id })
  if (made === undefined) throw new Error('A mail was not made')
  return made.id
}

export async function findMail(
  { sql, t }: Transaction,
  shopId: ShopId,
  id: number,
): Promise<MailRow | undefined> {
  const [found] = await sql
    .select()
    .from(t.mails)
    .where(which(t, shopId, id))
  return found
}

/** Takes a mail from one of `from` into `state`; false where it is in none of them, as somebody was faster. */
export async function moveMail(
  { sql, t }: Transaction,
  shopId: ShopId,
  id: number,
  {
    from,
    ...change
  }: { readonly from: MailState[] } & Partial<
    Pick<MailRow, 'state' | 'lastError' | 'sentAt' | 'text' | 'html'>
  >,
): Promise<boolean> {
  const moved = await sql
    .update(t.mails)
    .set(change)
    .where(and(which(t, shopId, id), inArray(t.mails.state, from)))
    .returning({ id: t.mails.id })
  return moved.length > 0
}

/** From here on the mail server may have it. */
export async function beginSending(
  { sql, t }: Transaction,
  shopId: ShopId,
  id: number,
): Promise<boolean> {
  const begun = await sql
    .update(t.mails)
    .set({ state: 'sending', attempts: expression`${t.mails.attempts} + 1` })
    .where(and(which(t, shopId, id), eq(t.mails.state, 'waiting')))
    .returning({ id: t.mails.id })
  return begun.length > 0
}

/** The newest first. */
export async function listMails(
  { sql, t }: Transaction,
  shopId: ShopId,
  page: { state: MailState | undefined; before: number | undefined; limit: number },
): Promise<MailRow[]> {
  const { mails } = t
  return sql
    .select()
    .from(mails)
    .where(
      and(
        isOf(t, shopId),
        inArray(mails.state, page.state === undefined ? [...MAIL_STATES] : [page.state]),
        page.before === undefined ? undefined : lt(mails.id, page.before),
      ),
    )
    .orderBy(desc(mails.id))
    .limit(page.limit)
}

export async function countMails(
  { sql, t }: Transaction,
  shopId: ShopId,
): Promise<Record<MailState, number>> {
  const rows = await sql
    .select({ state: t.mails.state, count: expression<number>`count(*)`.mapWith(Number) })
    .from(t.mails)
    .where(isOf(t, shopId))
    .groupBy(t.mails.state)
  const counts = { waiting: 0, sending: 0, sent: 0, failed: 0, uncertain: 0 }
  for (const { state, count } of rows) counts[state] = count
  return counts
}

/** Those of every shop that nobody looks at any more: the installation tidies for all. Returns how many went. */
export async function deleteOldMails(
  { sql, t }: Transaction,
  { states, before, limit }: { states: MailState[]; before: number; limit: number },
): Promise<number> {
  const old = await sql
    .select({ id: t.mails.id })
    .from(t.mails)
    .where(and(inArray(t.mails.state, states), lt(t.mails.createdAt, before)))
    .limit(limit)
  if (old.length === 0) return 0
  await sql.delete(t.mails).where(
    inArray(
      t.mails.id,
      old.map(({ id }) => id),
    ),
  )
  return old.length
}

function which(t: Transaction['t'], shopId: ShopId, id: number) {
  return and(isOf(t, shopId), eq(t.mails.id, id))
}

function isOf({ mails }: Transaction['t'], shopId: ShopId) {
  return shopId === null ? isNull(mails.shopId) : eq(mails.shopId, shopId)
}
