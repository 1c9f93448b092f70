import { FeedFetchSchema, FeedSchema } from '#protocol/feeds.ts'
import {
  FEED_FETCH_PATH,
  FEED_PATH,
  FEED_RESTORATION_PATH,
  FEEDS_PATH,
  MAX_BODY_BYTES,
} from '#protocol/names.ts'
import { Refusal } from '../../core/errors.ts'
import type { Answer, Call } from '../../core/http.ts'
import { readJsonBody } from '../../core/json-body.ts'
import type { Router } from '../../core/router.ts'
import type { SecretKeyCall, SecretKeyGuard } from '../../core/secret-key-guard.ts'
import { describedFeeds as told } from './descriptions.ts'
import type { Feeds } from './feeds.ts'

interface FeedRoutesDeps {
  readonly secretKey: SecretKeyGuard
  readonly feeds: Feeds
}

type Route = (request: SecretKeyCall) => Promise<Answer>

/** The management API of files of products at an address. */
export function addFeedRoutes(router: Router, { secretKey, feeds }: FeedRoutesDeps): void {
  const read = secretKey('catalog:read')
  const write = secretKey('catalog:write')
  router.get(FEEDS_PATH, read, listFeeds(feeds), told.list)
  router.post(FEEDS_PATH, write, createFeed(feeds), told.create)
  router.get(FEED_PATH, read, readFeed(feeds), told.read)
  router.put(FEED_PATH, write, replaceFeed(feeds), told.replace)
  router.delete(FEED_PATH, write, removeFeed(feeds), told.remove)
  router.post(FEED_RESTORATION_PATH, write, restoreFeed(feeds), told.restore)
  router.post(FEED_FETCH_PATH, write, fetchFeed(feeds), told.fetchNow)
}

function listFeeds(feeds: Feeds): Route {
  return async ({ shop }) => ({ json: { items: await feeds.list(shop.id), nextCursor: null } })
}

function createFeed(feeds: Feeds): Route {
  return async ({ shop, call, by }) => {
    const draft = await readJsonBody(call, FeedSchema, MAX_BODY_BYTES)
    return { status: 201, json: await feeds.create(shop.id, draft, by) }
  }
}

function readFeed(feeds: Feeds): Route {
  return async ({ shop, call }) => ({ json: await feeds.find(shop.id, idOf(call)) })
}

function replaceFeed(feeds: Feeds): Route {
  return async ({ shop, call, by }) => {
    const draft = await readJsonBody(call, FeedSchema, MAX_BODY_BYTES)
    return { json: await feeds.change(shop.id, idOf(call), draft, by) }
  }
}

function removeFeed(feeds: Feeds): Route {
  return async ({ shop, call, by }) => {
    await feeds.remove(shop.id, idOf(call), by)
    return { status: 204 }
  }
}

function restoreFeed(feeds: Feeds): Route {
  return async ({ shop, call, by }) => ({ json: await feeds.restore(shop.id, idOf(call), by) })
}

function fetchFeed(feeds: Feeds): Route {
  return async ({ shop, call, by }) => {
    const { acceptsShrinking } = await readJsonBody(call, FeedFetchSchema, MAX_BODY_BYTES)
    return { json: await feeds.fetchNow(shop.id, idOf(call), { acceptsShrinking, by }) }
  }
}

function idOf(call: Call): string {
  const id = call.param('feedId') ?? ''
  if (!/^[\w-]{22}$/.test(id)) throw new Refusal('not_found', 'There is no such feed')
  return id
}
