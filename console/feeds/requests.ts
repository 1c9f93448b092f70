import type { Feed, FeedDraft } from '#protocol/feeds.ts'
import { FEED_FETCH_PATH, FEED_RESTORATION_PATH, FEEDS_PATH } from '#protocol/names.ts'
import { change, send, type Reply } from '../api.ts'
import { pathOf } from '../settings/path-of.ts'
import { feedPath } from './addresses.ts'

export function addFeed(draft: FeedDraft): Promise<Reply<Feed>> {
  return send<Feed>(FEEDS_PATH, draft)
}

export function replaceFeed(feedId: string, draft: FeedDraft): Promise<Reply<Feed>> {
  return change<Feed>('PUT', feedPath(feedId), draft)
}

export function removeFeed(feedId: string): Promise<Reply<undefined>> {
  return change('DELETE', feedPath(feedId))
}

/** One that was removed, as it was. */
export function restoreFeed(feedId: string): Promise<Reply<Feed>> {
  return send<Feed>(pathOf(FEED_RESTORATION_PATH, { feedId }), {})
}

/** `acceptsShrinking`: what is missing may be hidden this once, however much it is. */
export function fetchFeed(feedId: string, acceptsShrinking: boolean): Promise<Reply<Feed>> {
  return send<Feed>(pathOf(FEED_FETCH_PATH, { feedId }), { acceptsShrinking })
}
