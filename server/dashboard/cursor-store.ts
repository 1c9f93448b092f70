import { and, eq, gt, lte, sql as text } from 'drizzle-orm'
import type { Transaction } from '../db/transaction.ts'

type Handle = Pick<Transaction, 'sql' | 't'>

export interface Cursor {
  readonly seq: number
  readonly turn: number
  readonly asOf: number
}

const START: Cursor = { seq: 0, turn: 0, asOf: 0 }

export async function findCursor({ sql, t }: Handle, shopId: number): Promise<Cursor> {
  const { shopId: shop, seq, turn, asOf } = t.figureCursors
  const [found] = await sql
    .select({ seq, turn, asOf })
    .from(t.figureCursors)
    .where(eq(shop, shopId))
  return found ?? START
}

/** False: another node has been faster, or the shop is gone. */
export async function moveCursor(
  { sql, t: { figureCursors: cursors } }: Handle,
  shopId: number,
  { turn }: Pick<Cursor, 'turn'>,
  to: Pick<Cursor, 'seq' | 'asOf'>,
): Promise<boolean> {
  const values = { ...to, turn: turn + 1 }
  const moved =
    turn === 0
      ? await sql
          .insert(cursors)
          .values({ ...values, shopId })
          .onConflictDoNothing()
          .returning({ turn: cursors.turn })
      : await sql
          .update(cursors)
          .set(values)
          .where(and(eq(cursors.shopId, shopId), eq(cursors.turn, turn)))
          .returning({ turn: cursors.turn })
  return moved.length > 0
}

/** No step is done until the transaction ends, and one that has read what is there now is not done at all. */
export async function lockCursor(
  { sql, t: { figureCursors: cursors } }: Handle,
  shopId: number,
): Promise<Cursor> {
  const [held] = await sql
    .insert(cursors)
    .values({ ...START, turn: 1, shopId })
    .onConflictDoUpdate({ target: cursors.shopId, set: { turn: text`${cursors.turn} + 1` } })
    .returning({ seq: cursors.seq, turn: cursors.turn, asOf: cursors.asOf })
  return held ?? START
}

/** Whoever lowers it holds it. */
export async function lowerCursor(
  { sql, t: { figureCursors: cursors } }: Handle,
  shopId: number,
  seq: number,
): Promise<void> {
  await sql.update(cursors).set({ seq }).where(eq(cursors.shopId, shopId))
}

/** Shops that have events behind their cursor, or visitors to count anew. */
export async function listBehind(
  { sql, t: { shops, figureCursors, figureChanges, events } }: Handle,
  until: number | undefined,
): Promise<number[]> {
  const rows = await sql
    .select({
      id: shops.id,
      newest: text<number | null>`(select max(${events.seq}) from ${events}
        where ${events.shopId} = ${shops.id})`.mapWith(Number),
      seq: figureCursors.seq,
      isChanged: text<unknown>`exists (select 1 from ${figureChanges}
        where ${figureChanges.shopId} = ${shops.id})`,
    })
    .from(shops)
    .leftJoin(figureCursors, eq(figureCursors.shopId, shops.id))
  return rows
    .filter(({ newest, seq, isChanged }) => {
      const last = Math.min(newest ?? 0, until ?? Infinity)
      return last > (seq ?? 0) || isChanged === true || isChanged === 1
    })
    .map(({ id }) => id)
}

/** How many events of the shop lie behind the cursor, counted up to `most`, and how many were counted. */
export async function behindOf(
  { sql, t: { events } }: Handle,
  shopId: number,
  { seq }: Pick<Cursor, 'seq'>,
  most: number,
): Promise<boolean> {
  const rows = await sql
    .select({ seq: events.seq })
    .from(events)
    .where(and(eq(events.shopId, shopId), gt(events.seq, seq)))
    .orderBy(events.seq)
    .limit(1)
    .offset(most)
  return rows.length > 0
}

/** The numbers of the shop's first and last event. */
export async function spanOf({ sql, t: { events } }: Handle, shopId: number) {
  const [span] = await sql
    .select({
      first: text<number | null>`min(${events.seq})`,
      last: text<number | null>`max(${events.seq})`,
    })
    .from(events)
    .where(and(eq(events.shopId, shopId), lte(events.seq, Number.MAX_SAFE_INTEGER)))
  return { first: Number(span?.first ?? 0), last: Number(span?.last ?? 0) }
}
