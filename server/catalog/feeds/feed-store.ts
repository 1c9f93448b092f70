import { randomBytes } from 'node:crypto'
import { and, asc, eq, gt, isNull, lt, ne, notInArray, or, sql as text } from 'drizzle-orm'
import type { Database } from '../../db/database.ts'
import type { Transaction } from '../../db/transaction.ts'
import { inGroups } from '../../db/padded.ts'
import type { Handle } from '../search-index.ts'

export type FeedRow = Database['t']['catalogFeeds']['$inferSelect']
export type FeedChange = Partial<Omit<FeedRow, 'id' | 'shopId' | 'publicId' | 'createdAt'>>

const NEVER_READ = {
  acceptsShrinking: false,
  isImporting: false,
  products: 0,
  hidden: 0,
  hasShrunk: false,
} as const

export async function insertFeed(
  { sql, t }: Handle,
  shopId: number,
  feed: Pick<
    FeedRow,
    'url' | 'schedule' | 'dailyAt' | 'hidesMissing' | 'isOn' | 'nextRunAt' | 'createdAt'
  >,
): Promise<FeedRow> {
  const [made] = await sql
    .insert(t.catalogFeeds)
    .values({ ...feed, ...NEVER_READ, shopId, publicId: randomBytes(16) })
    .returning()
  if (made === undefined) throw new Error('A feed was not made')
  return made
}

export async function countFeeds({ sql, t }: Handle, shopId: number): Promise<number> {
  const { shopId: owner, removedAt } = t.catalogFeeds
  return sql.$count(t.catalogFeeds, and(eq(owner, shopId), isNull(removedAt)))
}

export async function listFeeds({ sql, t }: Handle, shopId: number): Promise<FeedRow[]> {
  return sql
    .select()
    .from(t.catalogFeeds)
    .where(and(eq(t.catalogFeeds.shopId, shopId), isNull(t.catalogFeeds.removedAt)))
    .orderBy(asc(t.catalogFeeds.id))
}

/** Removed or not. */
export async function findFeed(
  { sql, t }: Handle,
  shopId: number,
  publicId: Buffer,
): Promise<FeedRow | undefined> {
  const [found] = await sql
    .select()
    .from(t.catalogFeeds)
    .where(and(eq(t.catalogFeeds.shopId, shopId), eq(t.catalogFeeds.publicId, publicId)))
  return found
}

export async function updateFeed(
  { sql, t }: Handle,
  shopId: number,
  id: number,
  change: FeedChange,
): Promise<void> {
  await sql
    .update(t.catalogFeeds)
    .set(change)
    .where(and(eq(t.catalogFeeds.shopId, shopId), eq(t.catalogFeeds.id, id)))
}

/** The feed as it was, held until the transaction ends. Undefined: it was removed before. */
export async function holdFeed(
  { sql, t, holds }: Transaction,
  shopId: number,
  publicId: Buffer,
): Promise<FeedRow | undefined> {
  const { catalogFeeds: feeds } = t
  const query = sql
    .select()
    .from(feeds)
    .where(and(eq(feeds.shopId, shopId), eq(feeds.publicId, publicId)))
  const [found] = await (holds ? query.for('update') : query)
  return found
}

/** Of every shop: the installation tidies for all. With what they told of. */
export async function deleteRemovedFeeds({ sql, t }: Handle, before: number): Promise<void> {
  await sql.delete(t.catalogFeeds).where(lt(t.catalogFeeds.removedAt, before))
}

/** Of any number of jobs one is at a feed; one whose process ended holds it until its time is over, or comes again. */
export async function takeFeed(
  { sql, t }: Handle,
  shopId: number,
  { publicId, job, now, until }: { publicId: Buffer; job: string; now: number; until: number },
): Promise<FeedRow | undefined> {
  const { catalogFeeds: feeds } = t
  const [taken] = await sql
    .update(feeds)
    .set({ runJob: job, runUntil: until })
    .where(
      and(
        eq(feeds.shopId, shopId),
        eq(feeds.publicId, publicId),
        isNull(feeds.removedAt),
        or(isNull(feeds.runJob), eq(feeds.runJob, job), lt(feeds.runUntil, now)),
      ),
    )
    .returning()
  return taken
}

/** Notes that an import tells of these products; those of them that were hidden for being missing. */
export async function noteSeen(
  { sql, t }: Handle,
  shopId: number,
  { feedId, importId, productIds }: { feedId: number; importId: number; productIds: string[] },
): Promise<string[]> {
  const { catalogFeedProducts: products } = t
  const found: string[] = []
  const rows = productIds.map((productId) => ({
    shopId,
    feedId,
    productId,
    seenIn: importId,
    isHidden: false,
  }))
  for (const group of inGroups(rows)) {
    const noted = await sql
      .insert(products)
      .values(group)
      .onConflictDoUpdate({
        target: [products.feedId, products.productId],
        set: { seenIn: text`excluded.seen_in` },
      })
      .returning({ productId: products.productId, isHidden: products.isHidden })
    found.push(...noted.filter(({ isHidden }) => isHidden).map(({ productId }) => productId))
  }
  return found
}

export async function countSeen(
  { sql, t }: Handle,
  shopId: number,
  { feedId, importId }: { readonly feedId: number; readonly importId: number },
): Promise<number> {
  const { catalogFeedProducts: products } = t
  const isIts = and(eq(products.shopId, shopId), eq(products.feedId, feedId))
  return sql.$count(products, and(isIts, eq(products.seenIn, importId)))
}

/** Some that an import did not tell of and that are not hidden yet, behind `after` in the order of their ids. */
export async function listMissing(
  { sql, t }: Handle,
  shopId: number,
  page: { feedId: number; importId: number; after: string; limit: number },
): Promise<string[]> {
  const { catalogFeedProducts: products } = t
  const rows = await sql
    .select({ productId: products.productId })
    .from(products)
    .where(
      and(
        eq(products.shopId, shopId),
        eq(products.feedId, page.feedId),
        ne(products.seenIn, page.importId),
        eq(products.isHidden, false),
        gt(products.productId, page.after),
      ),
    )
    .orderBy(asc(products.productId))
    .limit(page.limit)
  return rows.map(({ productId }) => productId)
}

export async function setHidden(
  { sql, t }: Handle,
  shopId: number,
  { feedId, productId, isHidden }: { feedId: number; productId: string; isHidden: boolean },
): Promise<void> {
  const { catalogFeedProducts: products } = t
  await sql
    .update(products)
    .set({ isHidden })
    .where(
      and(
        eq(products.shopId, shopId),
        eq(products.feedId, feedId),
        eq(products.productId, productId),
      ),
    )
}

/** A feed that is read every hour must not fill the list of imports: of its own, the newest `kept` stay. */
export async function deleteOldRuns(
  { sql, t }: Handle,
  shopId: number,
  { feedId, kept }: { readonly feedId: number; readonly kept: number },
): Promise<void> {
  const { fileImports: imports } = t
  const isIts = and(eq(imports.shopId, shopId), eq(imports.feedId, feedId))
  const newest = await sql
    .select({ id: imports.id })
    .from(imports)
    .where(isIts)
    .orderBy(text`${imports.id} desc`)
    .limit(kept)
  const ids = newest.map(({ id }) => id)
  if (ids.length < kept) return
  await sql
    .delete(imports)
    .where(
      and(
        isIts,
        notInArray(imports.id, ids),
        or(eq(imports.state, 'done'), eq(imports.state, 'undone')),
      ),
    )
}

export async function findPublicId(
  { sql, t }: Handle,
  shopId: number,
  importId: number,
): Promise<Buffer | undefined> {
  const { fileImports: imports } = t
  const [found] = await sql
    .select({ publicId: imports.publicId })
    .from(imports)
    .where(and(eq(imports.shopId, shopId), eq(imports.id, importId)))
  return found?.publicId
}
