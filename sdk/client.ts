import type { Answer } from './answer.ts'
import type { Browser } from './browser.ts'
import { createCallable, createCommands } from './commands.ts'
import type { Call, Callable, Result } from './commands.ts'
import { readDataLayer } from './commerce.ts'
import { BY_SHOP, readChoice } from './consent.ts'
import { asObject, asText, type PlainObject } from './json.ts'
import { createLoader, type ChunkName, type LazyHost, type Source } from './lazy.ts'
import { createLifecycle } from './lifecycle.ts'
import { createListeners } from './listeners.ts'
import { attempt, createLog } from './log.ts'
import { watchNavigation } from './navigation.ts'
import { notDone } from './outcome.ts'
import { readSettings, type Settings } from './settings.ts'
import { createTracker, type Tracker } from './tracker.ts'
import type { Outcome } from './types.ts'

/** Calls before the tag has its settings; the rest would never be sent anyway. */
const MAX_WAITING = 100
/** What needs no settings, or brings them. */
const AT_ONCE = /^(init|on|once|off|destroy)$/
/** What of the page's own markup says something to us. */
const DECLARED = '[type$="ld+json"],[data-gp-track],[data-gp-identify]'
const CHOICES = /^consent/
const ALL = /^/

export interface Client {
  readonly gp: Callable
  /** Starts with what the script element says, if it says anything; the stub's calls follow. */
  begin: (given: PlainObject | undefined, calls: unknown) => void
}

/** `onEnd`: the tag has left the page. */
export function createClient(browser: Browser, onEnd: () => void): Client {
  const { window } = browser
  const { document } = window
  const source: Source = {}
  const chunk = createLoader(browser, source)
  const { after } = browser
  const log = createLog({ window, after, words: () => chunk('words'), giveUp: end })
  const { guard } = log
  const lifecycle = createLifecycle(log)
  const { listen } = lifecycle
  const { on, off, emit } = createListeners(log)
  /** Calls of the stub, and those made before the settings came. */
  let waiting: Call[] = []
  let tracker: Tracker | undefined
  let load: (name: ChunkName, command?: unknown, given?: unknown) => Result = () => {}
  let isStarted = false
  let isEnded = false

  /** Runs where the tag tracks; what comes before waits, what comes after is told so. */
  const live = (run: (tracker: Tracker) => Result): Result =>
    tracker ? run(tracker) : notDone('destroyed')

  const experience = (command: string) => (key: unknown) =>
    !!asText(key) && live(() => load('experiences', command, key))

  const commands = {
    ...createCommands(log, (happening) => live((tracks) => tracks.record(happening))),
    init: (given: unknown) => start(asObject(given) ?? {}),
    reset: () => live((tracks) => tracks.reset()),
    consent: (given: unknown) => {
      const choice = readChoice(given)
      return choice ? live((tracks) => tracks.consent.choose(choice, BY_SHOP)) : false
    },
    on,
    once: (name: unknown, hear: unknown) => on(name, hear, true),
    off,
    ready: (run: unknown) => {
      on('now', run, true)
      emit('now')
    },
    show: experience('show'),
    dismiss: experience('dismiss'),
    destroy: end,
  }
  const gp = createCallable(
    commands,
    log,
    (call) => {
      const mayWait = !tracker && !isEnded && waiting.length < MAX_WAITING
      return mayWait && !AT_ONCE.test(asText(call[0])) && waiting.push(call)
    },
    (name, given) => live(() => load('words', name, given)),
  )

  /** Makes those of the calls that have waited which `names` fits. */
  function replay(names: RegExp) {
    const due = waiting.filter((call) => names.test(asText(call[0])))
    waiting = waiting.filter((call) => !due.includes(call))
    for (const call of due) {
      const outcome: Promise<Outcome> = Reflect.apply(gp, undefined, call)
      void outcome.then(call.done as (told: Outcome) => void)
    }
  }

  function start(given: PlainObject): Result {
    if (isStarted) return undefined
    const settings = readSettings(given, log)
    if (!settings) return false
    isStarted = true
    const once = guard(() => tracker || run(settings))
    // A page drawn ahead of time may never be looked at.
    const isAhead = attempt(() => document.prerendering)
    // In a task of its own, so that none is long; unless the page is gone before.
    if (!isAhead) lifecycle.onEnd(after(0, once))
    listen(window, isAhead ? 'prerenderingchange' : 'click pagehide', once)
    return undefined
  }

  function run(settings: Settings) {
    const hear = (answer: Answer) => {
      const { launcher, active, watch, reconsiderAt } = answer.decisions
      host.answer = answer
      emit('answered', answer)
      if (launcher) void load('launcher')
      if (active[0] ?? watch ?? reconsiderAt) void load('experiences')
    }
    tracker = createTracker(browser, log, settings, emit, () => void load('tabs'), hear)
    const { consent, record, view, leave, resume, storageChanged } = tracker
    const track = (name: string, properties: PlainObject) =>
      void record({ type: 'track', name, properties })
    Object.assign(source, settings)
    const host: LazyHost = {
      ...browser,
      ...settings,
      ...lifecycle,
      ...tracker,
      on,
      tellPage: emit,
      track,
      chunk,
      guarded: guard,
    }
    // Without a chunk the tag does the rest of its work.
    load = (name, command, given) => {
      const loaded = chunk(name) as Promise<{ start: (...given: unknown[]) => Result }>
      return loaded
        .then(
          ({ start: begin }) =>
            (tracker && guard(begin)(host, command, given)) || { ok: true as const },
        )
        .catch(() => log.complain('part_missing'))
    }

    // Choices first, since they decide whether the page view carries an identity; then it, then what happened on it.
    replay(CHOICES)
    let held: [string, PlainObject][] | undefined = []
    const readLayer = readDataLayer({
      window,
      log,
      lifecycle,
      layer: settings.layer,
      onEvent: (...event) => void (held ? held.push(event) : track(...event)),
      onConsent: consent.choose,
    })
    watchNavigation(browser, log, lifecycle, settings.query, (referrer) => {
      // Its timers outlive the tag.
      if (!tracker) return
      view(referrer)
      look()
      // What may be shown depends on the route.
      host.answer = undefined
    })
    for (const event of held) track(...event)
    held = undefined
    replay(ALL)

    /** What may have come to the page since. */
    function look() {
      readLayer()
      if (!consent.maySend() || document.readyState === 'loading') return
      if (window.__tcfapi || document.querySelector(DECLARED)) void load('declared')
    }

    listen(window, 'DOMContentLoaded load', look)
    listen(window, 'visibilitychange pagehide', ({ type }) => {
      if (type === 'pagehide' || document.hidden) leave()
    })
    listen(window, 'online', resume)
    listen(window, 'storage', ({ key }) => storageChanged(key))
    if (settings.debug) void gp('debug')
    emit('ready')
    tracker.begin()
  }

  function end() {
    if (isEnded) return
    isEnded = isStarted = true
    lifecycle.end()
    load = () => {}
    tracker?.stop()
    tracker = undefined
    replay(ALL)
    onEnd()
  }

  return {
    gp,
    begin: guard((given, calls) => {
      Object.assign(source, given)
      if (Array.isArray(calls)) waiting.push(...calls.map((call) => Object(call) as Call))
      // The stub's own `init` may bring the settings that the script element does not.
      replay(AT_ONCE)
      if (given) void gp('init', given)
    }),
  }
}
