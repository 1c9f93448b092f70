import type { Answer } from './answer.ts'
import type { Browser } from './browser.ts'
import { EVENTS_PATH } from '#protocol/names.ts'
import { notDone } from './outcome.ts'
import { CONSENT_KEY, createConsent, type ConsentState } from './consent.ts'
import { addressOf, readContext } from './context.ts'
import { createDelivery } from './delivery.ts'
import { makeItem, type Happening } from './events.ts'
import { createIdentity } from './identity.ts'
import type { Tabs } from './lazy.ts'
import type { Listeners } from './listeners.ts'
import type { Log } from './log.ts'
import { createQueue, QUEUE_KEY, type QueueItem } from './queue.ts'
import { createSession, type WireSession } from './session.ts'
import type { Settings } from './settings.ts'
import { createStorage, PREFIX } from './storage.ts'
import { createTransport, type Ask, type Envelope } from './transport.ts'
import type { NotDoneReason, Outcome } from './types.ts'

const NO_EVENTS = '"events":[]'
const SEQUENCE_KEY = 'seq'
/** The server refuses larger ones. */
const MAX_EVENT_BYTES = 28_000
/** In `off`, before a choice: what waits is only in memory and may never go. */
const MAX_WAITING = 100

/** Everything between what happened and the server's answer to it. */
export interface Tracker {
  readonly consent: ConsentState
  readonly tabs: Tabs
  /** Asks the server at `path`: who asks, and on which page, goes as with an event. */
  ask: Ask
  /** The network is back. */
  resume: () => void
  record: (happening: Happening) => Promise<Outcome>
  /** A page view: where the visitor came from, for this and what follows. */
  view: (referrer: string) => void
  /** What the page has at first has been recorded. */
  begin: () => void
  reset: () => void
  /** Another page wrote into the storage that all share. */
  storageChanged: (key: string | null) => void
  leave: () => void
  stop: () => void
}

/**
 * `joinOtherPages`: this page has something to do with the browser's others; called again for each reason. `onAnswer`:
 * the server has heard of the route that the visitor is on.
 */
export function createTracker(
  browser: Browser,
  log: Log,
  settings: Settings,
  emit: Listeners['emit'],
  joinOtherPages: () => void,
  onAnswer: (answer: Answer) => void,
): Tracker {
  const { guard } = log
  const storage = createStorage(browser.window)
  const ownKey = QUEUE_KEY + browser.newId()
  const consent = createConsent(settings.consent, browser.window, storage, guard(consentChanged))
  const { mayIdentify, maySend } = consent
  const session = createSession(browser, storage)
  const identity = createIdentity(browser, settings.cookie ? undefined : storage, () => {
    // The winner's goes on.
    session.forget()
    join()
  })
  const queue = createQueue(storage, ownKey, (items) => settle(items, 'queue_full'))
  const send = createTransport(browser, settings.host)
  const delivery = createDelivery({
    browser,
    log,
    queue,
    send,
    consent,
    isAlone: () => settings.cookie && mayIdentify() && !hasAnswer,
    stamp,
    envelope,
    onAnswer: (visitor, answer, items) => {
      if (visitor && !mayIdentify()) sayGoodbye()
      else if (visitor) {
        identity.acknowledge(visitor)
        // The first request waited for nothing; what others have left comes now: a living page's key, or of one that is
        // gone, has a colon in it.
        if (storage.keys().some((key) => key.includes(':') && key !== ownKey)) join()
      }
      hasAnswer = true
      // The answer to an earlier route says nothing of this one, nor does that to another page's events.
      const isOfThisView = items.some(({ bornAt }) => Number(bornAt) >= viewedAt)
      if (isOfThisView) onAnswer({ ...answer, names } as unknown as Answer)
    },
    onSettled: settle,
  })
  let hasAnswer = false
  let hasJoined = false
  let sequence = 0
  let referrer = ''
  let viewedAt = 0
  /** Of the events of this page view. */
  let names: string[] = []
  let isSaving = false

  function envelope({ who, session: itsSession }: QueueItem): Envelope {
    if (!who) return envelopeOf(null)
    identity.adopt()
    return envelopeOf(identity.wire(who), itsSession)
  }

  function envelopeOf(visitor: Envelope['visitor'], itsSession?: WireSession): Envelope {
    return {
      key: settings.shop,
      sentAt: browser.now(),
      visitor,
      session: itsSession ?? null,
      consent: consent.current(),
      context: readContext(browser),
    }
  }

  /** Only the server can delete its HttpOnly cookie, and does so where it hears of the withdrawal. */
  function sayGoodbye() {
    if (settings.cookie) void tell({ cookie: true })
  }

  /** Of a visitor, without any event. */
  function tell(visitor: Envelope['visitor']) {
    return send(EVENTS_PATH, envelopeOf(visitor), NO_EVENTS)
  }

  function stamp(items: readonly QueueItem[]) {
    for (const item of items) {
      // Sent once without identity it stays so; and what has one goes without it where consent is gone.
      if (!mayIdentify()) item.who = null
      else if (item.who === undefined) own(item)
      item.seq ??= nextSequence()
    }
  }

  function own(item: QueueItem) {
    identity.adopt()
    if (item.userId) identity.identify(item.userId)
    item.who = identity.current()
    item.session = session.touch(item.at, item.url)
    item.seq = nextSequence()
  }

  function join() {
    hasJoined = true
    joinOtherPages()
  }

  function nextSequence(): number {
    const stored = mayIdentify() && Number(storage.read(SEQUENCE_KEY))
    sequence = Math.max(sequence, stored || 0) + 1
    if (mayIdentify()) storage.write(SEQUENCE_KEY, sequence)
    return sequence
  }

  function record(happening: Happening): Promise<Outcome> {
    return new Promise((resolve) => {
      // A trap among the properties must not make the promise reject.
      if (!take(happening, resolve)) resolve(notDone('invalid'))
    })
  }

  const make = (happening: Happening, resolve?: (outcome: Outcome) => void) =>
    makeItem(browser, happening, { referrer, type: settings.pageType }, resolve)

  const take = guard((happening: Happening, resolve: (outcome: Outcome) => void) => {
    const item = make(happening, resolve)
    const reason = refusalOf(item, happening)
    if (reason) {
      settle([item], reason)
      return true
    }
    queue.add(item)
    if (mayIdentify()) {
      own(item)
      if (!isSaving) browser.after(0, save)
      isSaving = true
      // From here on something of ours is stored, which the others are to leave alone.
      if (hasAnswer && !hasJoined) join()
    }
    names.push(item.name)
    emit('recorded', item.name)
    delivery.notice()
    return true
  })

  function refusalOf({ bytes }: QueueItem, { type }: Happening): NotDoneReason | undefined {
    if (bytes > MAX_EVENT_BYTES) return 'too_large'
    if (consent.isWaiting()) return queue.queued().length < MAX_WAITING ? undefined : 'queue_full'
    const namesPerson = type !== 'track' && type !== 'page'
    return (namesPerson ? mayIdentify() : maySend()) ? undefined : 'no_consent'
  }

  const save = guard(() => {
    isSaving = false
    if (!mayIdentify()) return
    queue.save()
    session.save()
  })

  function settle(items: readonly QueueItem[], reason?: NotDoneReason, detail?: string) {
    for (const item of items) {
      const { id, name } = item
      const outcome: Outcome = reason ? notDone(reason, detail) : { ok: true }
      item.settle?.(outcome)
      if (outcome.ok) emit('event:sent', { id, name })
      else emit('event:dropped', { id, name, ...outcome })
    }
  }

  function consentChanged(isWithdrawn: boolean) {
    if (isWithdrawn) forget()
    if (mayIdentify()) stamp(queue.queued().filter(({ isFlying }) => !isFlying))
    emit('consent:changed', consent.current())
    delivery.sendNow()
  }

  /** All that is ours goes but the choice itself, which says that nothing may be kept. */
  function forget() {
    drop('withdrawn')
    identity.forget()
    session.forget()
    for (const key of storage.keys()) if (key !== CONSENT_KEY) storage.write(key, undefined)
    sayGoodbye()
  }

  function drop(reason: NotDoneReason) {
    const items = queue.queued()
    queue.remove(items)
    settle(items, reason)
  }

  return {
    ...delivery,
    consent,
    tabs: {
      ownKey,
      storage,
      queue,
      identity,
      isAllowed: mayIdentify,
      send: delivery.sendNow,
      tellFormer: (formerly) => tell({ ...identity.current(), formerly }),
    },
    ask: (path, given) => {
      const item = make(given as Happening)
      stamp([item])
      return send(path, envelope(item), item.json.slice(1, -1))
    },
    record,
    view: (from) => {
      referrer = from
      names = []
      viewedAt = browser.monotonic()
      void record({ type: 'page' })
      emit('page:viewed', { url: addressOf(browser.window) })
    },
    reset: () => {
      if (mayIdentify()) identity.reset()
    },
    storageChanged: (key) => {
      if (key === PREFIX + CONSENT_KEY) consent.reread()
      else if (mayIdentify()) identity.adopt()
    },
    leave: () => {
      delivery.leave()
      save()
    },
    stop: () => {
      delivery.stop()
      save()
      drop('destroyed')
    },
  }
}
