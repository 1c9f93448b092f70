import { MAX_FEEDS, type Feed, type FeedDraft } from '#protocol/feeds.ts'
import { changesOf, recordChange, type Changes } from '../../audit/service.ts'
import type { Actor } from '../../core/actor.ts'
import { Refusal } from '../../core/errors.ts'
import type { Transaction } from '../../db/transaction.ts'
import { FETCH_FEED, nextRunOf, TIDY_FEEDS, type FeedsDeps } from './feed-job.ts'
import * as store from './feed-store.ts'
import { buryFeed, runFeed } from './run-feed.ts'

/** Files of products at an address. `by`: whom the audit log names. */
export interface Feeds {
  readonly list: (shopId: number) => Promise<readonly Feed[]>
  readonly find: (shopId: number, feedId: string) => Promise<Feed>
  /** Refuses addresses that are never asked. One that is on is fetched at once. */
  readonly create: (shopId: number, draft: FeedDraft, by: Actor) => Promise<Feed>
  readonly change: (shopId: number, feedId: string, draft: FeedDraft, by: Actor) => Promise<Feed>
  /** The products that it brought stay as they are. It can be taken back for a day. */
  readonly remove: (shopId: number, feedId: string, by: Actor) => Promise<void>
  /** One that was removed, as it was; refuses more than there may be (`conflict`). One that is there stays as it is. */
  readonly restore: (shopId: number, feedId: string, by: Actor) => Promise<Feed>
  readonly fetchNow: (
    shopId: number,
    feedId: string,
    asked: { readonly acceptsShrinking: boolean; readonly by: Actor },
  ) => Promise<Feed>
}

/** How long a removal can be taken back. */
const KEPT_MS = 24 * 3_600_000

/** Of the address only where it leads: the rest of it may be as good as a password. */
const TOLD = ['origin', 'schedule', 'at', 'hidesMissing', 'isOn']

export function createFeeds(deps: FeedsDeps): Feeds {
  const { db, now, jobs, outbound, timeZoneOf } = deps
  jobs.register(FETCH_FEED, (run) => runFeed(deps, run), buryFeed(deps))
  jobs.register(TIDY_FEEDS, () => store.deleteRemovedFeeds(db, now() - KEPT_MS))
  jobs.schedule(TIDY_FEEDS, { pattern: '53 3 * * *', timeZone: 'UTC' })

  async function require(shopId: number, feedId: string): Promise<store.FeedRow> {
    const found = await store.findFeed(db, shopId, Buffer.from(feedId, 'base64url'))
    if (found === undefined || found.removedAt !== null) throw noFeed()
    return found
  }

  /** As it is until the transaction ends, whoever else changes it. */
  async function held(
    transaction: Transaction,
    shopId: number,
    feedId: string,
  ): Promise<store.FeedRow> {
    const found = await store.holdFeed(transaction, shopId, Buffer.from(feedId, 'base64url'))
    if (found === undefined) throw noFeed()
    return found
  }

  async function show(row: store.FeedRow): Promise<Feed> {
    const { importId } = row
    const publicId =
      importId === null ? undefined : await store.findPublicId(db, row.shopId, importId)
    return feedOf(row, publicId, now())
  }

  const find = async (shopId: number, feedId: string) => show(await require(shopId, feedId))

  /** One transaction with its entry in the log. */
  function changing<T>(change: (transaction: Transaction) => Promise<T>): Promise<T> {
    const holds = db.raw.dialect === 'postgres'
    return db.transaction((sql) => change({ sql, t: db.t, holds }))
  }

  function note(
    transaction: Transaction,
    shopId: number,
    { by, action, id, ...changes }: Changes & { by: Actor; action: string; id: string },
  ): Promise<void> {
    const object = { kind: 'feed', id }
    return recordChange(transaction, shopId, { ...changes, by, at: now(), action, object })
  }

  /** Behind the entry, which holds the end of the shop's log: whoever makes another waits for it, and counts this one. */
  async function refuseMany(transaction: Transaction, shopId: number): Promise<void> {
    if ((await store.countFeeds(transaction, shopId)) <= MAX_FEEDS) return
    throw new Refusal('conflict', `A shop has at most ${MAX_FEEDS} feeds`)
  }

  async function runAt(
    transaction: Transaction,
    { shopId, publicId }: Pick<store.FeedRow, 'shopId' | 'publicId'>,
    dueAt: number,
  ): Promise<void> {
    const feedId = publicId.toString('base64url')
    await jobs.enqueue(transaction, shopId, FETCH_FEED, { payload: { feedId }, key: feedId, dueAt })
  }

  return {
    find,

    async list(shopId) {
      return Promise.all((await store.listFeeds(db, shopId)).map(show))
    },

    async create(shopId, draft, by) {
      const fields = rowFieldsOf(draft, outbound.check(draft.url).href)
      const made = await changing(async (transaction) => {
        const at = now()
        const row = { ...fields, nextRunAt: fields.isOn ? at : null, createdAt: at }
        const feed = await store.insertFeed(transaction, shopId, row)
        const id = feed.publicId.toString('base64url')
        const changes = changesOf(null, toldOf(feed), TOLD)
        await note(transaction, shopId, { by, action: 'feed.created', id, ...changes })
        await refuseMany(transaction, shopId)
        if (feed.isOn) await runAt(transaction, feed, at)
        return feed
      })
      return show(made)
    },

    async change(shopId, feedId, draft, by) {
      const fields = rowFieldsOf(draft, outbound.check(draft.url).href)
      const at = now()
      const onSchedule = nextRunOf(fields, await timeZoneOf(shopId), at)
      await changing(async (transaction) => {
        const before = await held(transaction, shopId, feedId)
        if (before.removedAt !== null) throw noFeed()
        const isOther = fields.url !== before.url
        const next = isOther ? at : onSchedule
        const nextRunAt = fields.isOn ? next : null
        const unknown = isOther ? { etag: null, lastModified: null, contentHash: null } : {}
        await store.updateFeed(transaction, shopId, before.id, { ...fields, nextRunAt, ...unknown })
        const changes = changesOf(toldOf(before), toldOf(fields), TOLD)
        if (Object.keys(changes.after ?? {}).length > 0) {
          await note(transaction, shopId, { by, action: 'feed.changed', id: feedId, ...changes })
        }
        if (nextRunAt !== null) await runAt(transaction, before, nextRunAt)
      })
      return find(shopId, feedId)
    },

    async remove(shopId, feedId, by) {
      await changing(async (transaction) => {
        const before = await held(transaction, shopId, feedId)
        if (before.removedAt !== null) throw noFeed()
        await store.updateFeed(transaction, shopId, before.id, { removedAt: now() })
        const changes = changesOf(toldOf(before), null, TOLD)
        await note(transaction, shopId, { by, action: 'feed.removed', id: feedId, ...changes })
      })
    },

    async restore(shopId, feedId, by) {
      await changing(async (transaction) => {
        const before = await held(transaction, shopId, feedId)
        if (before.removedAt === null) return
        // What was due meanwhile is due now.
        const nextRunAt = before.isOn ? Math.max(before.nextRunAt ?? 0, now()) : null
        await store.updateFeed(transaction, shopId, before.id, { removedAt: null, nextRunAt })
        const changes = changesOf(null, toldOf(before), TOLD)
        await note(transaction, shopId, { by, action: 'feed.restored', id: feedId, ...changes })
        await refuseMany(transaction, shopId)
        if (nextRunAt !== null) await runAt(transaction, before, nextRunAt)
      })
      return find(shopId, feedId)
    },

    async fetchNow(shopId, feedId, { acceptsShrinking, by }) {
      const feed = await require(shopId, feedId)
      if (isRunning(feed, now())) throw new Refusal('conflict', 'It is being fetched just now')
      await changing(async (transaction) => {
        const at = now()
        // Its version is forgotten where missing products are to be hidden: the same file must be read again.
        const anew = acceptsShrinking ? { etag: null, lastModified: null, contentHash: null } : {}
        const asked = { nextRunAt: at, acceptsShrinking, ...anew }
        await store.updateFeed(transaction, shopId, feed.id, asked)
        const changes = { before: null, after: { acceptsShrinking } }
        await note(transaction, shopId, { by, action: 'feed.fetched', id: feedId, ...changes })
        await runAt(transaction, feed, at)
      })
      return find(shopId, feedId)
    },
  }
}

function noFeed(): Refusal {
  return new Refusal('not_found', 'There is no such feed')
}

function rowFieldsOf({ schedule, at, hidesMissing, isOn }: FeedDraft, url: string) {
  return { url, schedule, dailyAt: at, hidesMissing, isOn }
}

type Told = Pick<store.FeedRow, 'url' | 'schedule' | 'dailyAt' | 'hidesMissing' | 'isOn'>

function toldOf({ url, schedule, dailyAt: at, hidesMissing, isOn }: Told) {
  return { origin: new URL(url).origin, url, schedule, at, hidesMissing, isOn }
}

function isRunning({ runJob, runUntil }: store.FeedRow, now: number): boolean {
  return runJob !== null && (runUntil ?? 0) > now
}

function feedOf(row: store.FeedRow, importId: Buffer | undefined, now: number): Feed {
  const { url, schedule, dailyAt, hidesMissing, isOn, nextRunAt, lastRunAt } = row
  const { lastResult, lastError, products, hidden, hasShrunk, createdAt } = row
  return {
    id: row.publicId.toString('base64url'),
    url,
    schedule,
    at: dailyAt,
    hidesMissing,
    isOn,
    isRunning: isRunning(row, now),
    nextRunAt,
    lastRunAt,
    lastResult,
    lastError,
    importId: importId?.toString('base64url') ?? null,
    products,
    hidden,
    hasShrunk,
    createdAt,
  }
}
