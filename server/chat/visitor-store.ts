import { and, desc, eq, sql as expression } from 'drizzle-orm'
import { keptFor } from '../db/kept-query.ts'
import type { Handle } from './log-store.ts'
import { isNewestToken } from './seen-by-visitor.ts'

/** The visitor of events behind an id, where the token proves it: the newest of those it has. */
export async function findProvenVisitor(
  { sql, t }: Handle,
  shopId: number,
  { publicId, tokenHash }: { readonly publicId: Buffer; readonly tokenHash: Buffer },
) {
  const { visitors, visitorTokens } = t
  const [found] = await sql
    .select({
      id: visitors.id,
      joinedTo: visitors.joinedTo,
    })
    .from(visitors)
    .innerJoin(
      visitorTokens,
      and(eq(visitorTokens.shopId, visitors.shopId), eq(visitorTokens.visitorId, visitors.id)),
    )
    .where(
      and(
        eq(visitors.shopId, shopId),
        eq(visitors.publicId, publicId),
        eq(visitorTokens.tokenHash, tokenHash),
        isNewestToken({ sql, t }, shopId),
      ),
    )
  return found
}

/** What a visitor's row is called outside. */
export async function findVisitorPublicId(
  { sql, t: { visitors } }: Handle,
  shopId: number,
  id: number,
): Promise<Buffer | undefined> {
  const [found] = await sql
    .select({ publicId: visitors.publicId })
    .from(visitors)
    .where(and(eq(visitors.shopId, shopId), eq(visitors.id, id)))
  return found?.publicId
}

export interface VisitedPage {
  readonly url: string
  readonly title: string | null
  readonly receivedAt: number
}

/** Where a visitor's newest event happened. */
export async function findNewestPage(
  handle: Handle,
  shopId: number,
  visitorId: number,
): Promise<VisitedPage | undefined> {
  const [found] = await pageQuery(handle).execute({ shopId, visitorId })
  return found
}

/** Asked for at each message. */
const pageQuery = keptFor(({ sql, t: { events } }: Handle) =>
  sql
    .select({ url: events.url, title: events.title, receivedAt: events.receivedAt })
    .from(events)
    .where(
      and(
        eq(events.shopId, expression.placeholder('shopId')),
        eq(events.visitorId, expression.placeholder('visitorId')),
      ),
    )
    .orderBy(desc(events.seq))
    .limit(1)
    .prepare('chat_newest_page'),
)
