import type { Batch } from '#protocol/events.ts'
import type { Browser } from './browser.ts'
import { notDone } from './commands.ts'
import { CONSENT_KEY, createConsent, type ConsentState } from './consent.ts'
import { addressOf, readContext } from './context.ts'
import { createDelivery } from './delivery.ts'
import { makeItem, type Happening } from './events.ts'
import { createIdentity } from './identity.ts'
import { newUuid } from './ids.ts'
import type { Listeners } from './listeners.ts'
import type { Log } from './log.ts'
import { createOrphans } from './orphans.ts'
import { createQueue, type QueueItem } from './queue.ts'
import { createSession } from './session.ts'
import type { Settings } from './settings.ts'
import { createStorage, PREFIX } from './storage.ts'
import { createTransport } from './transport.ts'
import type { NotDoneReason, Outcome } from './types.ts'

const SEQUENCE_KEY = 'seq'
/** The server refuses larger ones. */
const MAX_EVENT_BYTES = 28_000
/** In `off`, before a choice: what waits is only in memory and may never go. */
const MAX_WAITING = 100

/** Everything between what happened and the server's answer to it. */
export interface Tracker {
  readonly consent: ConsentState
  /** The network is back. */
  resume: () => void
  record: (happening: Happening) => Promise<Outcome>
  /** A page view: where the visitor came from, for this and what follows. */
  view: (referrer: string) => void
  reset: () => void
  /** Another page wrote into the storage that all share. */
  storageChanged: (key: string | null) => void
  leave: () => void
  /** Shown again, or back from the back/forward cache. */
  enter: () => void
  stop: () => void
}

export function createTracker(
  browser: Browser,
  log: Log,
  settings: Settings,
  emit: Listeners['emit'],
): Tracker {
  const { guard } = log
  const storage = createStorage(browser.window)
  const pageId = newUuid(browser, browser.now())
  const { navigator } = browser.window
  const consent = createConsent(settings.consent, navigator, storage, guard(consentChanged))
  const { mayIdentify, maySend } = consent
  const identity = createIdentity(browser, storage, settings.cookie)
  const session = createSession(browser, storage)
  const orphans = createOrphans(browser, storage, pageId)
  const usesCookie = () => settings.cookie && mayIdentify()
  const queue = createQueue(storage, pageId, (item) => settle([item], 'queue_full'))
  const delivery = createDelivery({
    browser,
    log,
    queue,
    transport: createTransport(browser, settings.host, () => (usesCookie() ? 'include' : 'omit')),
    maySend,
    mayIdentify,
    isAlone: () => usesCookie() && !hasAnswer,
    stamp,
    envelope,
    onAnswer: (visitor) => {
      if (visitor && mayIdentify()) identity.acknowledge(visitor)
      // The first request waited for nothing; what can wait comes now.
      if (!hasAnswer) void joinOtherPages()
      hasAnswer = true
    },
    onSettled: settle,
  })
  let hasAnswer = false
  let sequence = 0
  let referrer = ''
  let cancelSave: (() => void) | undefined

  const joinOtherPages = guard(async () => {
    if (!mayIdentify()) return
    orphans.enter()
    // Two first pages at once each made a visitor; under the lock both see the one that stays.
    await orphans.alone('id', identity.adopt)
    identity.settle()
    await orphans.adopt((items) => {
      if (!mayIdentify()) return
      queue.adopt(items)
      queue.save()
    })
    delivery.notice()
  })

  function envelope({ who, session: itsSession }: QueueItem): Omit<Batch, 'events'> {
    if (who) identity.adopt()
    return {
      key: settings.shop,
      sentAt: browser.now(),
      visitor: who ? identity.wire(who) : null,
      session: (who && itsSession) ?? null,
      consent: consent.current(),
      context: readContext(browser),
    }
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

  function nextSequence(): number {
    const stored = mayIdentify() ? Number(storage.read(SEQUENCE_KEY)) : 0
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

  const take = guard((happening: Happening, resolve: (outcome: Outcome) => void) => {
    const page = { referrer, type: settings.pageType }
    const item = makeItem(browser, happening, page, resolve)
    const reason = refusalOf(item, happening)
    if (reason) {
      settle([item], reason)
      return true
    }
    if (mayIdentify()) own(item)
    queue.add(item)
    if (mayIdentify()) cancelSave ??= browser.after(0, save)
    delivery.notice()
    return true
  })

  function refusalOf({ bytes }: QueueItem, { type }: Happening): NotDoneReason | undefined {
    if (bytes > MAX_EVENT_BYTES) return 'too_large'
    if (consent.isWaiting()) return queue.items().length < MAX_WAITING ? undefined : 'queue_full'
    const namesPerson = type !== 'track' && type !== 'page'
    return (namesPerson ? mayIdentify() : maySend()) ? undefined : 'no_consent'
  }

  const save = guard(() => {
    cancelSave?.()
    cancelSave = undefined
    if (!mayIdentify()) return
    queue.save()
    session.save()
  })

  function settle(items: readonly QueueItem[], reason?: NotDoneReason, detail?: string) {
    for (const item of items) {
      const outcome: Outcome = reason ? notDone(reason, detail) : { ok: true }
      const { id, name } = item
      item.settle?.(outcome)
      if (outcome.ok) emit('event:sent', { id, name })
      else emit('event:dropped', { id, name, ...outcome })
    }
  }

  function consentChanged(isWithdrawn: boolean) {
    if (isWithdrawn) forget()
    if (mayIdentify()) stamp(queue.items().filter(({ isFlying }) => !isFlying))
    if (hasAnswer) void joinOtherPages()
    emit('consent:changed', consent.current())
    delivery.notice()
  }

  /** All that is ours goes but the choice itself, which says that nothing may be kept. */
  function forget() {
    drop('withdrawn')
    identity.forget()
    session.forget()
    for (const key of storage.keys()) if (key !== CONSENT_KEY) storage.remove(key)
  }

  function drop(reason: NotDoneReason) {
    orphans.leave()
    const items = queue.items()
    queue.remove(items)
    settle(items, reason)
  }

  return {
    consent,
    record,
    resume: delivery.resume,
    view: (from) => {
      referrer = from
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
      orphans.leave()
    },
    enter: () => {
      if (hasAnswer && mayIdentify()) orphans.enter()
    },
    stop: () => {
      delivery.stop()
      save()
      drop('destroyed')
    },
  }
}
