import { Refusal } from '../../core/errors.ts'
import type { JobRun, Transaction } from '../../core/jobs/jobs.ts'
import { FETCH_FEED, nextRunOf, type FeedsDeps } from './feed-job.ts'
import { FEED_COLUMNS, FEED_MAPPING } from './feed-layout.ts'
import * as store from './feed-store.ts'
import { feedFaultText, fetchFeed, type FetchedFeed } from './fetch-feed.ts'
import { hideMissing } from './missing-products.ts'

/** Longer than a feed may take to come; its reading is bounded by its size. */
const HELD_MS = 30 * 60_000
const AGAIN_AFTER_MS = 3_600_000
const RUNS_KEPT = 20
const FREE = { runJob: null, runUntil: null }

/** Fetches a feed that is due, reads it, and says when it is due next. */
export async function runFeed(
  deps: FeedsDeps,
  { jobId, shopId, payload: { feedId }, signal }: JobRun<{ readonly feedId: string }>,
): Promise<void> {
  if (shopId === null) return
  const { db, now } = deps
  const publicId = Buffer.from(feedId, 'base64url')
  const lease = { publicId, job: jobId, now: now(), until: now() + HELD_MS }
  const feed = await store.takeFeed(db, shopId, lease)
  // It is gone, or somebody is at it.
  if (feed === undefined) return
  try {
    // A job of an earlier schedule: the feed itself says when it is due.
    const isDue = feed.isImporting || (feed.nextRunAt !== null && feed.nextRunAt <= now())
    await release(deps, feed, isDue ? await read(deps, feed, signal) : {})
  } catch (error) {
    await store.updateFeed(db, shopId, feed.id, FREE)
    throw error
  }
}

/** No attempt is left: the next one comes by itself, for nobody would begin it. */
export function buryFeed({ now, jobs }: Pick<FeedsDeps, 'now' | 'jobs'>) {
  return async (
    transaction: Transaction,
    { shopId, payload }: Pick<JobRun<{ readonly feedId: string }>, 'shopId' | 'payload'>,
    reason: string,
  ): Promise<void> => {
    if (shopId === null) return
    const publicId = Buffer.from(payload.feedId, 'base64url')
    const feed = await store.findFeed(transaction, shopId, publicId)
    if (feed === undefined) return
    const nextRunAt = feed.isOn ? now() + AGAIN_AFTER_MS : null
    const isRemoved = feed.removedAt !== null
    const failed = { lastRunAt: now(), lastResult: 'failed', lastError: reason } as const
    const change = { ...failed, ...FREE, isImporting: false, nextRunAt }
    await store.updateFeed(transaction, shopId, feed.id, change)
    if (nextRunAt === null || isRemoved) return
    const job = { payload, key: payload.feedId, dueAt: nextRunAt }
    await jobs.enqueue(transaction, shopId, FETCH_FEED, job)
  }
}

/** What became of it; throws where it is to be tried again. */
async function read(
  deps: FeedsDeps,
  feed: store.FeedRow,
  signal: AbortSignal,
): Promise<store.FeedChange> {
  const { now } = deps
  const lastRunAt = now()
  try {
    const version = feed.isImporting ? {} : await fetchAndStart(deps, feed, signal)
    if (version === undefined) {
      return { lastRunAt, lastResult: 'unchanged', lastError: null, acceptsShrinking: false }
    }
    const done = await finish(deps, { ...feed, ...version }, signal)
    const after = { acceptsShrinking: false, isImporting: false }
    return { ...version, ...done, ...after, lastRunAt, lastResult: 'imported', lastError: null }
  } catch (error) {
    const lastError = error instanceof Refusal ? error.message : feedFaultText(error)
    if (lastError === undefined || signal.aborted) throw error
    const after = { acceptsShrinking: false, isImporting: false }
    return { ...after, lastRunAt, lastResult: 'failed', lastError }
  }
}

type Started = Pick<store.FeedRow, 'etag' | 'lastModified' | 'contentHash' | 'importId'>

/** Undefined: it is the file that was read before. */
async function fetchAndStart(
  { db, outbound, imports, limits }: FeedsDeps,
  feed: store.FeedRow,
  signal: AbortSignal,
): Promise<Started | undefined> {
  const { id: feedId, shopId } = feed
  const fetched = await fetchFeed(outbound, feed.url, { before: feed, limits, signal })
  if (fetched === undefined) return undefined
  const { etag, lastModified } = fetched
  try {
    const uploaded = await imports.uploadFetched(shopId, { feedId, ...uploadOf(fetched) })
    const contentHash = fetched.contentHash()
    if (feed.contentHash?.equals(contentHash) === true) {
      await imports.discard(shopId, uploaded.id)
      await store.updateFeed(db, shopId, feedId, { etag, lastModified })
      return undefined
    }
    const mapping = fetched.isXml ? FEED_MAPPING : uploaded.mapping
    // First, so that whoever goes on after a crash waits for this reading and begins no other.
    const started = { importId: uploaded.row, isImporting: true }
    await store.updateFeed(db, shopId, feedId, started)
    await imports.start(shopId, 'products', uploaded.id, { mapping, by: undefined })
    return { etag, lastModified, contentHash, importId: uploaded.row }
  } finally {
    fetched.close()
  }
}

function uploadOf({ isXml, pieces }: FetchedFeed) {
  return isXml ? { pieces, columns: FEED_COLUMNS } : { pieces }
}

/** Waits until all of it is read, then sees to what is missing from it. */
async function finish(
  { db, index, now, imports }: FeedsDeps,
  feed: store.FeedRow,
  signal: AbortSignal,
): Promise<store.FeedChange> {
  const { id: feedId, shopId, importId } = feed
  if (importId === null) return {}
  await imports.settled(shopId, importId, signal)
  const products = await store.countSeen(db, shopId, { feedId, importId })
  const hasShrunk = products * 2 < feed.products && !feed.acceptsShrinking
  const hides = feed.hidesMissing && !hasShrunk && products > 0
  const hidden = hides ? await hideMissing({ db, index, now, signal }, feed, importId) : 0
  await store.deleteOldRuns(db, shopId, { feedId, kept: RUNS_KEPT })
  // What it was before stays the measure until it has grown again, or somebody says that it is right so.
  return { hidden, hasShrunk, ...(!hasShrunk && { products }) }
}

/** Lets go of it, and asks for the next time: whatever became of this one. */
async function release(
  { db, now, jobs, timeZoneOf }: FeedsDeps,
  { id, shopId, publicId }: store.FeedRow,
  change: store.FeedChange,
): Promise<void> {
  const timeZone = await timeZoneOf(shopId)
  await db.transaction(async (sql) => {
    const transaction = { sql, t: db.t }
    const feed = await store.findFeed(transaction, shopId, publicId)
    if (feed === undefined) return
    const isOver = change.lastResult !== undefined
    const next = feed.isOn ? nextRunOf(feed, timeZone, now()) : null
    // Asked for again, or for the first time, while this one was at work.
    const isAsked = feed.nextRunAt !== null && feed.nextRunAt > now()
    const nextRunAt = isOver && !isAsked ? next : feed.nextRunAt
    await store.updateFeed(transaction, shopId, id, { ...change, ...FREE, nextRunAt })
    // Removed meanwhile: whoever takes that back asks for the next time.
    if (nextRunAt === null || feed.removedAt !== null) return
    const feedId = publicId.toString('base64url')
    const job = { payload: { feedId }, key: feedId, dueAt: nextRunAt }
    await jobs.enqueue(transaction, shopId, FETCH_FEED, job)
  })
}
