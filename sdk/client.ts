import type { Browser } from './browser.ts'
import { createCallable, eventCommands, notDone, replay, widgetCommands } from './commands.ts'
import type { Call, Callable, Result } from './commands.ts'
import { readDataLayer } from './commerce.ts'
import { BY_PLATFORM, BY_SHOP, readChoice, type Choice } from './consent.ts'
import { asObject, asText, type PlainObject } from './json.ts'
import { createLoader, type ChunkName } from './lazy.ts'
import { createLifecycle } from './lifecycle.ts'
import { createListeners } from './listeners.ts'
import { attempt, createLog } from './log.ts'
import { watchNavigation } from './navigation.ts'
import { readSettings, type Settings } from './settings.ts'
import { createTracker, type Tracker } from './tracker.ts'

/** Calls before the tag has its settings; the rest would never be sent anyway. */
const MAX_WAITING = 100
/** What needs no settings, or brings them. */
const AT_ONCE = /^(init|on|once|off|destroy)$/
/** What other waiting calls depend on. */
const FIRST = /^(init|consent)$/

export interface Client {
  readonly gp: Callable
  /** Starts with what the script element says, if it says anything; the stub's calls follow. */
  begin: (given: PlainObject | undefined, calls: unknown) => void
}

/** `onEnd`: the tag has left the page. */
export function createClient(browser: Browser, onEnd: () => void): Client {
  const { window, document } = browser
  const log = createLog(
    attempt(() => window.console),
    end,
  )
  const { guard } = log
  const lifecycle = createLifecycle(log)
  const { listen, onEnd: whenEnded } = lifecycle
  const { on, off, emit } = createListeners(log)
  /** Calls of the stub, and those made before the settings came. */
  const waiting: Call[] = []
  let tracker: Tracker | undefined
  let load: ((name: ChunkName) => void) | undefined
  let isStarted = false
  let isEnded = false

  /** Runs where the tag tracks; what comes before waits, what comes after is told so. */
  const live = (run: (tracker: Tracker) => Result): Result =>
    tracker && !isEnded ? run(tracker) : notDone('destroyed')

  const commands = {
    ...widgetCommands(log),
    ...eventCommands(log, (happening) => live(({ record }) => record(happening))),
    init: (given: unknown) => start(asObject(given) ?? {}),
    reset: () => live(({ reset }) => reset()),
    consent: (given: unknown) => {
      const choice = readChoice(given)
      return choice ? live(({ consent }) => consent.choose(choice, BY_SHOP)) : false
    },
    on,
    once: (name: unknown, hear: unknown) => on(name, hear, true),
    off,
    ready: (run: unknown) => {
      on('now', run, true)
      emit('now')
    },
    debug: (isOn: unknown) => {
      if (isOn !== false) load?.('debug')
      emit('debug', isOn !== false)
    },
    destroy: end,
  }
  const gp = createCallable(commands, log, (call) => {
    const mayWait = !tracker && !isEnded && waiting.length < MAX_WAITING
    return mayWait && !AT_ONCE.test(asText(call[0])) && !!waiting.push(call)
  })

  function start(given: PlainObject): Result {
    if (isStarted || isEnded) return undefined
    const settings = readSettings(given, log)
    if (!settings) return false
    isStarted = true
    // A page drawn ahead of time may never be looked at.
    if (attempt(() => Reflect.get(document, 'prerendering')) === true) {
      listen(document, 'prerenderingchange', () => tracker || run(settings))
    } else {
      guard(run)(settings)
    }
    return undefined
  }

  function run(settings: Settings) {
    const started = createTracker(browser, log, settings, emit)
    const { consent, record } = started
    const track = (name: string, properties: PlainObject) =>
      void record({ type: 'track', name, properties })
    const calls = waiting.splice(0)
    tracker = started
    load = createLoader(browser, log, settings, {
      window,
      document,
      listen,
      whenEnded,
      on,
      track,
      identify: (traits) => void record({ type: 'identify', traits }),
      choose: guard((choice: Choice) => consent.choose(choice, BY_PLATFORM)),
    })

    // Choices first, since they decide whether the page view carries an identity; then it, then what happened on it.
    replay(gp, calls, FIRST, false)
    let held: [string, PlainObject][] | undefined = []
    const readLayer = readDataLayer({
      window,
      log,
      lifecycle,
      layer: settings.layer,
      onEvent: (...event) => void (held ? held.push(event) : track(...event)),
      onConsent: consent.choose,
    })
    const { settle, restored } = watchNavigation(browser, log, lifecycle, {
      hasQueryRoutes: settings.query,
      onView: (referrer) => {
        started.view(referrer)
        look()
      },
    })
    const events = held
    held = undefined
    for (const event of events) track(...event)
    replay(gp, calls, FIRST, true)

    /** What may have come to the page since. */
    function look() {
      readLayer()
      if (!consent.maySend() || document.readyState === 'loading') return
      if (document.querySelector('[type="application/ld+json"]')) load?.('json-ld')
      if (document.querySelector('[data-gp-track],[data-gp-identify]')) load?.('declared')
      if (Reflect.has(window, '__tcfapi')) load?.('tcf')
    }

    const showOrHide = () => {
      if (document.visibilityState !== 'hidden') return started.enter()
      settle()
      started.leave()
    }
    listen(document, 'DOMContentLoaded', look)
    listen(window, 'load', readLayer)
    listen(document, 'visibilitychange', showOrHide)
    listen(window, 'pagehide', () => {
      settle()
      started.leave()
    })
    listen(window, 'pageshow', (event) => {
      started.enter()
      if (Reflect.get(event, 'persisted')) restored()
    })
    listen(window, 'online', started.resume)
    listen(window, 'storage', (event) => started.storageChanged(Reflect.get(event, 'key')))
    if (settings.debug) void gp('debug')
    emit('ready')
  }

  function end() {
    if (isEnded) return
    isEnded = true
    lifecycle.end()
    emit('debug', false)
    tracker?.stop()
    replay(gp, waiting.splice(0), FIRST, true)
    onEnd()
  }

  return {
    gp,
    begin: guard((given, calls) => {
      if (Array.isArray(calls)) waiting.push(...calls.map((call) => Object(call) as Call))
      // The stub's own `init` may bring the settings that the script element does not.
      replay(gp, waiting.slice(), AT_ONCE, false)
      if (given) void start(given)
    }),
  }
}
