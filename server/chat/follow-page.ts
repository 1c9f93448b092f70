import { updateConversation, type ConversationRow } from './conversation-store.ts'
import type { Doing } from './say.ts'
import { findNewestPage } from './visitor-store.ts'

/** Who writes is where their newest event was. Events from before the conversation know less than its beginning told. */
export async function followPage(
  doing: Doing,
  { shopId, id, visitorId, pageUrl, createdAt }: ConversationRow,
): Promise<void> {
  if (visitorId === null) return
  const page = await findNewestPage(doing, shopId, visitorId)
  if (page === undefined || page.receivedAt < createdAt || page.url === pageUrl) return
  await updateConversation(doing, shopId, id, { pageUrl: page.url, pageTitle: page.title ?? '' })
}
