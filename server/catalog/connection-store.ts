import { and, eq, isNull, lt, or } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import type { Handle } from './search-index.ts'

export type ConnectionRow = Database['t']['catalogConnections']['$inferSelect']

export async function findConnection(
  { sql, t }: Handle,
  shopId: number,
): Promise<ConnectionRow | undefined> {
  const { catalogConnections: connections } = t
  const [found] = await sql.select().from(connections).where(eq(connections.shopId, shopId))
  return found
}

/** A webhook names no shop but this: 16 random bytes of its address. */
export async function findConnectionByPublicId(
  { sql, t }: Handle,
  publicId: Buffer,
): Promise<ConnectionRow | undefined> {
  const { catalogConnections: connections } = t
  const [found] = await sql.select().from(connections).where(eq(connections.publicId, publicId))
  return found
}

/** Of one that is there, kind and name alone are changed. */
export async function upsertConnection(
  { sql, t }: Handle,
  shopId: number,
  connection: Omit<ConnectionRow, 'shopId' | 'usesStock' | 'lastHeardAt'>,
): Promise<void> {
  const { kind, name } = connection
  await sql
    .insert(t.catalogConnections)
    .values({ ...connection, shopId, usesStock: false, lastHeardAt: null })
    .onConflictDoUpdate({ target: t.catalogConnections.shopId, set: { kind, name } })
}

/** Whether there was one. */
export async function updateConnection(
  { sql, t }: Handle,
  shopId: number,
  change: Partial<Pick<ConnectionRow, 'usesStock' | 'secret'>>,
): Promise<boolean> {
  const { catalogConnections: connections } = t
  const changed = await sql
    .update(connections)
    .set(change)
    .where(eq(connections.shopId, shopId))
    .returning({ shopId: connections.shopId })
  return changed.length > 0
}

/** Written down once in a while: every call would cost an update. */
export async function touchConnection(
  { sql, t }: Handle,
  shopId: number,
  { kind, at, notSince }: Pick<ConnectionRow, 'kind'> & { at: number; notSince: number },
): Promise<void> {
  const { catalogConnections: connections } = t
  const isDue = or(isNull(connections.lastHeardAt), lt(connections.lastHeardAt, notSince))
  await sql
    .update(connections)
    .set({ lastHeardAt: at })
    .where(and(eq(connections.shopId, shopId), eq(connections.kind, kind), isDue))
}

export async function deleteConnection({ sql, t }: Handle, shopId: number): Promise<void> {
  await sql.delete(t.catalogConnections).where(eq(t.catalogConnections.shopId, shopId))
}

export async function isHookKnown(
  { sql, t }: Handle,
  shopId: number,
  hookId: string,
): Promise<boolean> {
  const { catalogHookIds: ids } = t
  return (await sql.$count(ids, and(eq(ids.shopId, shopId), eq(ids.hookId, hookId)))) > 0
}

/** What is older than `before` can't come again, and is forgotten. */
export async function insertHookId(
  { sql, t }: Handle,
  shopId: number,
  { hookId, at, before }: { readonly hookId: string; readonly at: number; readonly before: number },
): Promise<void> {
  const { catalogHookIds: ids } = t
  await sql.delete(ids).where(and(eq(ids.shopId, shopId), lt(ids.at, before)))
  await sql.insert(ids).values({ shopId, hookId, at }).onConflictDoNothing()
}
