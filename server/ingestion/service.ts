import type { EventResult, WireEvent } from '#protocol/events.ts'
import type { EventsAnswer } from '#protocol/events-answer.ts'
import type { Launcher } from '#protocol/chat-answers.ts'
import type { Decisions } from '#protocol/experiences.ts'
import type { DropReason } from '#protocol/names.ts'
import type { LeftOut } from '#protocol/sockets.ts'
import type { Bus } from '../core/bus.ts'
import type { Clock } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import type { Database } from '../db/database.ts'
import type { EventsFacts, PlacePart, StoredEvent } from '../events/service.ts'
import type { Customers, ToldOrders } from '../customers/service.ts'
import type { FindPreview, OnPages } from '../experiences/service.ts'
import type { Targeting } from '../targeting/service.ts'
import type { Tell } from '../webhooks/service.ts'
import type { Aftermath } from './aftermath.ts'
import { commitBatches, type CommitParts } from './commit.ts'
import type { Envelope } from './envelope.ts'
import { createGroupCommit } from './group-commit.ts'
import type { BatchOutcome } from './outcome.ts'
import { pageUrlOf } from './page-url.ts'
import { askingPage, createPages, type AskingPage, type Pages } from './pages.ts'
import { createPreparation, type Sender } from './prepare.ts'
import type { PreparedBatch } from './prepared.ts'
import { createWriter } from './writer.ts'

export interface Ingestion extends Pages {
  /** The same as `ingest`, with what the page may show now in the answer. */
  answer(envelope: Envelope, sender: Omit<Sender, 'receivedAt'>): Promise<Ingested>
  /**
   * Stores what a request brought and answers after the commit, with a result an event. Refuses (`unavailable`, with
   * the wait) while nothing can be stored; then nothing of the request was.
   */
  ingest(envelope: Envelope, sender: Omit<Sender, 'receivedAt'>): Promise<Ingested>
  /** Stores what the shop's own server says of itself or of people whom each event names. */
  tell(
    shop: Sender['shop'],
    events: readonly WireEvent[],
    told?: ToldOrders,
  ): Promise<readonly EventResult[]>
  /** Counts events that were dropped before there was an envelope to put them in, so that the shop sees why. */
  leaveOut(shopId: number, results: readonly EventResult[]): Promise<void>
  /** Requests that wait to be written. */
  waiting(): number
  /** Resolves when all that was taken has been committed. */
  drain(): Promise<void>
}

export interface Ingested {
  readonly answer: EventsAnswer
  /** A `Set-Cookie`, where the page asked for the identity to be kept in one. */
  readonly setCookie?: string
}

interface IngestionDeps {
  readonly db: Database
  readonly bus: Pick<Bus<EventsFacts>, 'publish'>
  readonly log: Pick<Log, 'error' | 'info'>
  readonly now: Clock
  /** Whether browsers reach us by https, which hardens the cookie. */
  readonly isSecure: boolean
  readonly lookUpPlace: (address: string) => PlacePart
  readonly customers: Pick<Customers, 'proofOf'>
  readonly targeting: Pick<Targeting, 'hold' | 'judgeProfiles' | 'forget'>
  readonly experiences: OnPages
  readonly findPreview: FindPreview
  /** Writes what shops' servers are to be told. */
  readonly tell: Tell
  /** What the chat has to say to the pages of a shop. */
  readonly launcherOf: (page: AskingPage) => Promise<Launcher | undefined>
}

/** Enough that two nodes seldom count in the same one. */
const LANES = 64
/** Different people that one batch from a browser may say it is. */
const MAX_NAMED = 5

export function createIngestion(deps: IngestionDeps): Ingestion {
  const { db, bus, log, now, customers, targeting, experiences, tell } = deps
  const prepare = createPreparation(deps)
  const parts: CommitParts = {
    now,
    hold: (transaction, shopIds) => targeting.hold(transaction, shopIds),
    judge: (transaction, profiles) => targeting.judgeProfiles(transaction, profiles),
    forget: (transaction, subject) => targeting.forget(transaction, subject),
    experiences,
    tell,
  }
  const inTransaction = createWriter(db, process.pid % LANES)

  const group = createGroupCommit<PreparedBatch, BatchOutcome>({
    log,
    weigh: ({ events }) => events.length + 1,
    async commit(batches) {
      const outcomes = await inTransaction(
        (statements) => commitBatches(statements, batches, parts),
        batches.length,
      )
      publish(bus, outcomes)
      return outcomes
    },
  })

  /** Before the commit, which all others wait for: a signature takes its time. */
  async function proveClaims(
    { events }: PreparedBatch,
    { shop, isVerified }: Pick<Sender, 'shop' | 'isVerified'>,
  ): Promise<void> {
    const named = new Set<string>()
    for (const event of events) {
      const { type, userId, signature } = event
      if (userId === null && type !== 'identify') continue
      if (userId !== null && !isVerified) named.add(userId)
      // Nobody is that many people: what comes after is stored, and identifies no one.
      if (named.size > MAX_NAMED) continue
      const claim = { userId: userId ?? '', signature: userId === null ? undefined : signature }
      const proof = await customers.proofOf(shop, claim)
      event.proof = { rule: proof.rule, isProven: proof.isProven || isVerified }
    }
  }

  async function store(
    envelope: Envelope,
    sender: Omit<Sender, 'receivedAt'>,
    told: ToldOrders = {},
  ) {
    const { batch, ...rest } = prepare(envelope, { ...sender, receivedAt: now() })
    await proveClaims(batch, sender)
    const { by, source = 'event' } = told
    for (const event of batch.events) event.orderSource = source
    return { ...rest, ...(await group.add(by === undefined ? batch : { ...batch, by })) }
  }

  async function ingest(envelope: Envelope, sender: Omit<Sender, 'receivedAt'>): Promise<Ingested> {
    const { results, setCookie } = await store(envelope, sender)
    return ingestedOf(results, { epoch: 0, active: [] }, setCookie)
  }

  /** What was stored is acknowledged, whatever becomes of this. */
  async function decisionsAfter(
    { shopId, pageUrl }: Pick<AskingPage, 'shopId' | 'pageUrl'>,
    aftermath: Aftermath | undefined,
  ): Promise<Decisions> {
    try {
      const preview = await deps.findPreview(shopId, pageUrl)
      if (aftermath === undefined) return preview ?? { epoch: 0, active: [] }
      const decided = await experiences.decide(aftermath.asker, aftermath.running)
      if (preview === undefined) return decided
      // What a draft's texts tell of is what the others would.
      return { ...preview, ...(decided.known !== undefined && { known: decided.known }) }
    } catch (error) {
      log.error({ err: error }, 'Nothing could be decided: the page shows nothing')
      return { epoch: 0, active: [] }
    }
  }

  /** It is nobody's in particular, so whoever asks is told of it. */
  async function withLauncher(page: AskingPage, decided: Decisions): Promise<Decisions> {
    try {
      const launcher = await deps.launcherOf(page)
      return launcher === undefined ? decided : { ...decided, launcher }
    } catch (error) {
      log.error({ err: error }, 'The launcher could not be asked for: the page shows none')
      return decided
    }
  }

  function ingestedOf(
    results: readonly EventResult[],
    decisions: Decisions,
    setCookie: string | undefined,
  ): Ingested {
    const answer: EventsAnswer = { results: [...results], decisions, now: now() }
    return setCookie === undefined ? { answer } : { answer, setCookie }
  }

  return {
    ...createPages({
      ...deps,
      now,
      experiences,
      tell,
      inTransaction,
      prepare,
      ingest,
      withLauncher,
    }),
    ingest,
    async answer(envelope, sender) {
      const { results, aftermath, isAsking, setCookie } = await store(envelope, sender)
      const asked = askingPage(pageUrlOf(envelope.events), envelope, sender)
      const decided = isAsking ? await decisionsAfter(asked, aftermath) : { epoch: 0, active: [] }
      const decisions = await withLauncher(asked, decided)
      return ingestedOf(results, decisions, setCookie)
    },
    async tell(shop, events, told) {
      const { results } = await store(
        {
          visitor: null,
          session: null,
          consent: null,
          context: {},
          sentAt: now(),
          events: [...events],
          isSuspicious: false,
          bytes: 0,
        },
        { shop, isVerified: true, userAgent: undefined, cookie: undefined, address: undefined },
        told,
      )
      return results
    },
    async leaveOut(shopId, results) {
      const receivedAt = now()
      const nobody = {
        identity: null,
        consent: null,
        context: {},
        place: null,
        clockOffset: 0,
        events: [],
      }
      await group.add({ ...nobody, shopId, receivedAt, results })
    },
    waiting: () => group.waiting(),
    drain: () => group.drain(),
  }
}

/** One fact a shop and commit. */
function publish(bus: Pick<Bus<EventsFacts>, 'publish'>, outcomes: readonly BatchOutcome[]): void {
  const stored = new Map<number, StoredEvent[]>()
  const leftOut = new Map<number, LeftOut>()
  for (const { shopId, stored: events, results } of outcomes) {
    if (events.length > 0) listOf(stored, shopId).push(...events)
    for (const { reason } of results) {
      if (reason !== undefined) leftOut.set(shopId, counted(leftOut.get(shopId), reason))
    }
  }
  for (const [shopId, events] of stored) bus.publish('event.stored', { shopId, events })
  for (const [shopId, counts] of leftOut) {
    bus.publish('event.left_out', { shopId, leftOut: counts })
  }
}

function listOf<Entry>(lists: Map<number, Entry[]>, shopId: number): Entry[] {
  const known = lists.get(shopId)
  if (known !== undefined) return known
  const list: Entry[] = []
  lists.set(shopId, list)
  return list
}

function counted(counts: LeftOut = {}, reason: DropReason): LeftOut {
  return { ...counts, [reason]: (counts[reason] ?? 0) + 1 }
}
