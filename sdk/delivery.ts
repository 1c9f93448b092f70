import type { Batch, EventResult } from '#protocol/events.ts'
import { EVENTS_PATH, MAX_BATCH_EVENTS } from '#protocol/names.ts'
import type { Browser } from './browser.ts'
import type { ConsentState } from './consent.ts'
import type { Log } from './log.ts'
import { bytesOf, type Queue, type QueueItem } from './queue.ts'
import type { Envelope, Reply, Send } from './transport.ts'
import type { NotDoneReason } from './types.ts'

const FLUSH_MS = 3_000
const FLUSH_EVENTS = 10
/** 30 kB less what is not events. */
const MAX_EVENTS_BYTES = 28_000
const LONGEST_WAIT_MS = 60_000

export interface Delivery {
  /** What the page has at first is together, and goes. */
  begin: () => void
  /** An event has come: sends at once, or when the others of the next seconds have come too. */
  notice: () => void
  /** What is there goes now, or after what is on its way. */
  sendNow: () => void
  /** The page may be gone in a moment: everything leaves, however busy the line. */
  leave: () => void
  /** The network is back. */
  resume: () => void
  stop: () => void
}

interface DeliveryDeps {
  readonly browser: Browser
  readonly log: Log
  readonly queue: Queue
  readonly send: Send
  readonly consent: ConsentState
  /** Whether requests must not overlap: the first answer sets the cookie that the second needs. */
  readonly isAlone: () => boolean
  /** Gives every item its owner and number, or none where consent is lacking. */
  readonly stamp: (items: readonly QueueItem[]) => void
  /** What a request of `item` and those that belong to it says beside the events. */
  readonly envelope: (item: QueueItem) => Envelope
  /** The server has taken at least one of the events. */
  readonly onAnswer: (
    visitor: Batch['visitor'],
    answer: Reply['answer'],
    items: readonly QueueItem[],
  ) => void
  /** The events are off the queue: stored, or dropped for `reason`. */
  readonly onSettled: (items: readonly QueueItem[], reason?: NotDoneReason, detail?: string) => void
}

export function createDelivery(deps: DeliveryDeps): Delivery {
  const { browser, log, queue, send, consent, isAlone } = deps
  const { guard } = log
  /** Until `begin`, so that all that the page has at first goes in one request. */
  let isBusy = true
  let isStopped = false
  /** What did not fit into the last request follows it at once. */
  let isRest = false
  let limit = MAX_BATCH_EVENTS
  let failures = 0
  let waitUntil = 0
  let isAskedToWait = false
  let cancel: (() => void) | undefined

  const ready = () => queue.queued().filter(({ isFlying }) => !isFlying)

  function schedule(ms: number) {
    cancel ??= browser.after(ms, sendNow)
  }

  const sendNow = guard(() => {
    cancel?.()
    cancel = undefined
    const wait = waitUntil - browser.monotonic()
    isRest ||= isBusy
    if (isBusy || isStopped || !consent.maySend()) return
    if (wait > 0) return schedule(wait)
    const items = nextBatch()
    if (!items.length) return
    isBusy = true
    isRest = items.length < ready().length
    void dispatch(items, false).then(() => {
      isBusy = false
      notice()
    })
  })

  /** What came meanwhile waits for company, unless it is enough or the last attempt failed. */
  const notice = guard(() => {
    const items = ready()
    const isEnough = items.length >= FLUSH_EVENTS || bytesOf(items) > MAX_EVENTS_BYTES
    if (isEnough || isRest || failures) sendNow()
    else if (items.length) schedule(FLUSH_MS)
  })

  /** As many of the first that belong together as one request may hold. */
  function nextBatch(): QueueItem[] {
    const items = ready()
    deps.stamp(items)
    const end = items.findIndex((item, i) => {
      const isFull = i >= limit || bytesOf(items.slice(0, i + 1)) > MAX_EVENTS_BYTES
      return i && (isFull || ownerOf(item) !== ownerOf(items[0]))
    })
    return end < 0 ? items : items.slice(0, end)
  }

  async function dispatch(items: QueueItem[], mayBeacon: boolean): Promise<void> {
    const [first] = items
    if (!first) return
    for (const item of items) item.isFlying = true
    const envelope = guard(deps.envelope)(first)
    const reply =
      envelope && (await send(EVENTS_PATH, envelope, eventsOf(items, envelope), mayBeacon))
    for (const item of items) item.isFlying = false
    if (reply) obey(reply, items, envelope.visitor)
    if (consent.mayIdentify()) queue.save()
  }

  function eventsOf(items: readonly QueueItem[], { sentAt }: Envelope): string {
    const events = items.map(({ json, seq, at, bornAt }) => {
      const age = bornAt === undefined ? sentAt - at : browser.monotonic() - bornAt
      return `{"seq":${seq},"ageMs":${Math.max(0, Math.round(age))},${json.slice(1)}`
    })
    return `"events":[${events.join()}]`
  }

  const obey = guard(
    (
      { status, answer, afterMs }: Reply,
      items: readonly QueueItem[],
      visitor: Batch['visitor'],
    ) => {
      if (status === 200) {
        const results = Object(answer?.['results'])
        const left = items.filter((item, i) => isUnsettled(item, results[i]))
        if (left.length < items.length) {
          failures = waitUntil = 0
          deps.onAnswer(visitor, answer, items)
        }
        if (left.length) wait()
      } else if (status === 400) {
        settle(items, 'invalid')
      } else if (status === 413) {
        if (items.length < 2) settle(items, 'too_large')
        isRest = true
        limit = 1
      } else if (status === 401 || status === 403) {
        isStopped = true
        void log.complain('not_allowed')
        settle(queue.queued(), 'not_allowed')
      } else {
        wait(afterMs)
      }
    },
  )

  /** A proxy's page or half an answer stored nothing that we know of; ids make sending again safe. */
  function isUnsettled(item: QueueItem, answer: Partial<EventResult> | null | undefined): boolean {
    const { result, reason, detail } = answer ?? {}
    if (result === 'dropped') settle([item], reason ?? 'invalid', detail)
    else if (result === 'ok' || result === 'duplicate') settle([item])
    else return true
    return false
  }

  function settle(items: readonly QueueItem[], reason?: NotDoneReason, detail?: string) {
    queue.remove(items)
    deps.onSettled(items, reason, detail)
  }

  /** Twice as long after each failure; chance keeps a shop's visitors from coming back all at once. */
  function wait(afterMs?: number) {
    const ms = Math.min(LONGEST_WAIT_MS, 1_000 * 2 ** failures++) / 2
    isAskedToWait = !!afterMs
    waitUntil = browser.monotonic() + (afterMs || ms) + browser.random() * ms
  }

  return {
    begin: () => {
      isBusy = false
      sendNow()
    },
    notice,
    sendNow,
    leave: () => {
      const mustStay = isStopped || (isAskedToWait && waitUntil > browser.monotonic())
      if (mustStay || !consent.maySend()) return
      if (isAlone()) return sendNow()
      for (let items = nextBatch(); items.length; items = nextBatch()) {
        void dispatch(items, consent.mayIdentify()).then(notice)
      }
    },
    resume: () => {
      if (!isAskedToWait) waitUntil = browser.monotonic() + browser.random() * 1_000
      sendNow()
    },
    stop: () => {
      isStopped = true
      cancel?.()
    },
  }
}

function ownerOf(item: QueueItem | undefined): string {
  return `${item?.who?.id} ${item?.session?.id}`
}
