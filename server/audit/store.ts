import { and, asc, desc, eq, gt, gte, lt, sql as text } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { GENESIS, hashOf, type EntryText } from './entry.ts'

type Handle = Pick<Database, 'sql' | 't'>

export interface StoredEntry extends EntryText {
  readonly hash: Buffer
}

export interface AuditHead {
  readonly seq: number
  readonly hash: Buffer
}

/** Joins the chain in the caller's transaction; others of the shop wait until that ends. */
export async function appendEntry(
  { sql, t }: Handle,
  shopId: number,
  entry: Omit<EntryText, 'seq'>,
): Promise<void> {
  const { auditHeads: heads } = t
  const [head] = await sql
    .insert(heads)
    .values({ shopId, seq: 1, hash: GENESIS })
    .onConflictDoUpdate({ target: heads.shopId, set: { seq: text`${heads.seq} + 1` } })
    .returning({ seq: heads.seq, hash: heads.hash })
  if (head === undefined) throw new Error('The audit log has no end to add to')
  const written = { ...entry, seq: head.seq }
  const hash = hashOf(head.hash, shopId, written)
  await sql.insert(t.auditEntries).values({ ...written, shopId, hash })
  await sql.update(heads).set({ hash }).where(eq(heads.shopId, shopId))
}

export interface EntryFilter {
  readonly action?: string | undefined
  readonly objectKind?: string | undefined
  readonly objectId?: string | undefined
  readonly actorKind?: EntryText['actorKind'] | undefined
  readonly actorName?: string | undefined
  /** Epoch ms; `to` itself not included. */
  readonly from?: number | undefined
  readonly to?: number | undefined
}

/** Those before number `before`, the newest first. */
export function listEntries(
  { sql, t }: Handle,
  shopId: number,
  filter: EntryFilter,
  { before, limit }: { readonly before: number | undefined; readonly limit: number },
): Promise<StoredEntry[]> {
  const { auditEntries: entries } = t
  const { action, objectKind, objectId, actorKind, actorName, from, to } = filter
  return sql
    .select(columnsOf(t))
    .from(entries)
    .where(
      and(
        eq(entries.shopId, shopId),
        before === undefined ? undefined : lt(entries.seq, before),
        action === undefined ? undefined : eq(entries.action, action),
        objectKind === undefined ? undefined : eq(entries.objectKind, objectKind),
        objectId === undefined ? undefined : eq(entries.objectId, objectId),
        actorKind === undefined ? undefined : eq(entries.actorKind, actorKind),
        actorName === undefined ? undefined : eq(entries.actorName, actorName),
        from === undefined ? undefined : gte(entries.at, from),
        to === undefined ? undefined : lt(entries.at, to),
      ),
    )
    .orderBy(desc(entries.seq))
    .limit(limit)
}

/** The entries behind number `after`, in order. */
export function entriesAfter(
  { sql, t }: Handle,
  shopId: number,
  after: number,
  limit: number,
): Promise<StoredEntry[]> {
  return sql
    .select(columnsOf(t))
    .from(t.auditEntries)
    .where(and(eq(t.auditEntries.shopId, shopId), gt(t.auditEntries.seq, after)))
    .orderBy(asc(t.auditEntries.seq))
    .limit(limit)
}

export async function findHead({ sql, t }: Handle, shopId: number): Promise<AuditHead | undefined> {
  const { seq, hash } = t.auditHeads
  const [head] = await sql
    .select({ seq, hash })
    .from(t.auditHeads)
    .where(eq(t.auditHeads.shopId, shopId))
  return head
}

type CheckRow = Pick<
  Database['t']['auditHeads']['$inferSelect'],
  'checkedAt' | 'checkedEntries' | 'checkedHash' | 'checkedFault'
>

/** The newest check; undefined: the shop's log is empty. */
export async function findCheck({ sql, t }: Handle, shopId: number): Promise<CheckRow | undefined> {
  const { checkedAt, checkedEntries, checkedHash, checkedFault } = t.auditHeads
  const [found] = await sql
    .select({ checkedAt, checkedEntries, checkedHash, checkedFault })
    .from(t.auditHeads)
    .where(eq(t.auditHeads.shopId, shopId))
  return found
}

export async function writeCheck(
  { sql, t }: Handle,
  shopId: number,
  check: CheckRow,
): Promise<void> {
  await sql.update(t.auditHeads).set(check).where(eq(t.auditHeads.shopId, shopId))
}

/** The next shop that has a log; asked of all, for the installation checks every one. */
export async function headsAfter({ sql, t }: Handle, last: number): Promise<number | undefined> {
  const { shopId } = t.auditHeads
  const [next] = await sql
    .select({ shopId })
    .from(t.auditHeads)
    .where(gt(shopId, last))
    .orderBy(asc(shopId))
    .limit(1)
  return next?.shopId
}

function columnsOf({ auditEntries: entries }: Handle['t']) {
  const { seq, at, actorKind, actorName, address, action, objectKind, objectId } = entries
  const { before, after, hash } = entries
  const said = { seq, at, actorKind, actorName, address, action, objectKind, objectId }
  return { ...said, before, after, hash }
}
