import { Window as HappyWindow } from 'happy-dom'
import type { Batch, EventResult } from '#protocol/events.ts'
import { EVENTS_PATH } from '#protocol/names.ts'
import { takeBrowser, type Browser } from '#sdk/browser.ts'
import { install } from '#sdk/install.ts'
import * as conversation from '#sdk/lazy/conversation.ts'
import * as debug from '#sdk/lazy/debug.ts'
import * as declared from '#sdk/lazy/declared.ts'
import * as experiences from '#sdk/lazy/experiences.ts'
import * as jsonLd from '#sdk/lazy/json-ld.ts'
import * as tabs from '#sdk/lazy/tabs.ts'
import * as triggers from '#sdk/lazy/triggers.ts'
import * as tcf from '#sdk/lazy/tcf.ts'
import * as launcher from '#sdk/lazy/launcher.ts'
import * as words from '#sdk/lazy/words.ts'
import type { Gp } from '#sdk/types.ts'

/** As the network would bring them. */
const PARTS: Record<string, unknown> = {
  conversation,
  debug,
  declared,
  experiences,
  'json-ld': jsonLd,
  popup: {},
  tabs,
  tcf,
  triggers,
  launcher,
  words,
}
const integrity = Object.fromEntries(Object.keys(PARTS).map((name) => [name, `sha384-of-${name}`]))
const CHUNKS: Record<string, unknown> = { ...PARTS, integrity: { integrity } }

type PageWindow = Window & typeof globalThis & { gp?: unknown; dataLayer?: unknown[] }
export type Reply = (batch: Batch) => Promise<Response> | Response
/** What the tag asked of another path than that of events. */
export interface Asked {
  readonly path: string
  readonly body: Record<string, unknown>
}

export interface PageOptions {
  url?: string
  referrer?: string
  html?: string
  settings?: Record<string, unknown> | undefined
  /** Another page of the same browser: its storage, locks and clock. */
  sharing?: ShopPage
  reply?: Reply
  /** Answers what is no batch of events. */
  answerTo?: (asked: Asked) => Promise<Response> | Response
  /** Chunks of the test's own in place of the tag's. */
  chunks?: Record<string, unknown>
  /** Before the tag comes. */
  prepare?: (window: PageWindow) => void
  /** What the tag takes of the page, to break it. */
  change?: (browser: Browser) => Browser
  locks?: 'none'
}

export interface ShopPage {
  window: PageWindow
  gp: Gp
  /** Bodies in the order they were sent. */
  batches: Batch[]
  asked: Asked[]
  inits: RequestInit[]
  beacons: string[]
  events: () => Batch['events']
  names: () => (string | undefined)[]
  warnings: string[]
  storage: Map<string, string>
  storageCalls: string[]
  setReply: (reply: Reply) => void
  /** Lets time pass, and all that it brings. */
  pass: (ms: number) => Promise<void>
  hide: () => Promise<void>
  /** The page is gone: its locks are free, its timers silent. */
  close: () => Promise<void>
  fire: (target: 'window' | 'document', name: string, fields?: object) => void
  navigate: (path: string) => void
  shared: Shared
}

interface Shared {
  storage: Map<string, string>
  locks: Locks
  clock: Clock
}

const ALL = { statistics: true, personalisation: true, marketing: true }
export { ALL }

/** Answers that everything was stored. */
export const stored: Reply = (batch) => answer(batch.events.map(() => ({ result: 'ok' })))

export function answer(results: EventResult[]): Response {
  return Response.json({ results, decisions: { epoch: 0, active: [] }, now: 0 })
}

/** A shop's page with the tag on it, in happy-dom; only network, clock, locks and storage's contents are ours. */
export async function openPage(options: PageOptions = {}): Promise<ShopPage> {
  const { url = 'https://shop.example/', html = '', settings = {} } = options
  const shared = options.sharing?.shared ?? {
    storage: new Map<string, string>(),
    locks: createLocks(),
    clock: createClock(),
  }
  const { clock, storage, locks } = shared
  const window = new HappyWindow({ url }) as unknown as PageWindow
  window.document.write(`<!doctype html><html><body>${html}</body></html>`)
  const page = { isOpen: true, reply: options.reply ?? stored }
  const held: (() => void)[] = []
  const storageCalls: string[] = []
  const batches: Batch[] = []
  const asked: Asked[] = []
  const chunks = { ...CHUNKS, ...options.chunks }
  const inits: RequestInit[] = []
  const beacons: string[] = []
  const warnings: string[] = []

  define(window, 'localStorage', fakeStorage(storage, storageCalls))
  define(window.document, 'referrer', options.referrer ?? '')
  define(window, 'navigation', undefined)
  define(window.console, 'warn', (text: string) => warnings.push(text))
  const ownLocks = locks.of(held)
  define(window.navigator, 'locks', options.locks === 'none' ? undefined : ownLocks)
  define(window.navigator, 'sendBeacon', (_: string, body: string) => beacons.push(body) > 0)
  options.prepare?.(window)

  const taken: Browser = {
    ...takeBrowser(window),
    fetch: async (address, init) => {
      inits.push(init)
      const path = new URL(address).pathname
      if (path !== EVENTS_PATH) {
        const question = { path, body: JSON.parse(init.body as string) as Asked['body'] }
        asked.push(question)
        return options.answerTo?.(question) ?? new Response('{}')
      }
      const batch = JSON.parse(init.body as string) as Batch
      batches.push(batch)
      return page.reply(batch)
    },
    now: clock.now,
    monotonic: clock.now,
    after: (ms, run) => clock.after(ms, () => page.isOpen && run()),
    random: () => 0.5,
    load: async (address) => chunks[/([\w-]+)\.js$/.exec(address)?.[1] ?? ''],
  }
  const given = { shop: 'pk_test', host: 'https://gp.example', ...settings }
  const start = options.settings === undefined && 'settings' in options ? undefined : given
  const gp = install(options.change?.(taken) ?? taken, start) as unknown as Gp

  const shopPage: ShopPage = {
    window,
    gp,
    batches,
    asked,
    inits,
    beacons,
    warnings,
    storage,
    storageCalls,
    shared,
    events: () => batches.flatMap(({ events }) => events),
    names: () => shopPage.events().map(({ name, type }) => name ?? type),
    setReply: (reply) => {
      page.reply = reply
    },
    pass: (ms) => clock.pass(ms),
    hide: async () => {
      define(window.document, 'visibilityState', 'hidden')
      define(window.document, 'hidden', true)
      shopPage.fire('document', 'visibilitychange')
      shopPage.fire('window', 'pagehide')
      await clock.pass(0)
    },
    close: async () => {
      page.isOpen = false
      for (const release of held.splice(0)) release()
      await clock.pass(0)
    },
    fire: (target, name, fields = {}) => {
      const event = Object.assign(new window.Event(name), fields)
      const on = target === 'window' ? window : window.document
      on.dispatchEvent(event)
    },
    navigate: (path) => window.history.pushState({}, '', path),
  }
  await clock.pass(0)
  return shopPage
}

export function define(owner: object, name: string, value: unknown): void {
  Object.defineProperty(owner, name, { value, configurable: true, writable: true })
}

interface Clock {
  now: () => number
  after: (ms: number, run: () => void) => () => void
  pass: (ms: number) => Promise<void>
}

function createClock(): Clock {
  let time = 1_700_000_000_000
  let timers: { at: number; run: () => void }[] = []

  async function settle() {
    // Promises, fetch's answers among them, need some turns of the real event loop.
    for (let i = 0; i < 4; i++) await new Promise((resolve) => setImmediate(resolve))
  }

  async function runUntil(end: number): Promise<void> {
    await settle()
    const next = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
    if (!next) return
    timers = timers.filter((timer) => timer !== next)
    time = Math.max(time, next.at)
    next.run()
    return runUntil(end)
  }

  return {
    now: () => time,
    after: (ms, run) => {
      const timer = { at: time + ms, run }
      timers.push(timer)
      return () => {
        timers = timers.filter((one) => one !== timer)
      }
    },
    pass: async (ms) => {
      const end = time + ms
      await runUntil(end)
      time = end
    },
  }
}

interface Locks {
  of: (held: (() => void)[]) => object
}

/** Web Locks of one browser; what a page holds is free when it closes. */
function createLocks(): Locks {
  const chains = new Map<string, Promise<unknown>>()
  const taken = new Set<string>()

  return {
    of: (held) => ({
      request: async (name: string, options: LockOptions, run: (lock: unknown) => unknown) => {
        const act = typeof options === 'function' ? (options as typeof run) : run
        if (options.ifAvailable && taken.has(name)) return act(null)
        const before = chains.get(name) ?? Promise.resolve()
        const turn = before.then(async () => {
          taken.add(name)
          const closed = new Promise<void>((resolve) => held.push(resolve))
          const result = await Promise.race([act({ name }), closed])
          taken.delete(name)
          return result
        })
        chains.set(name, turn)
        return turn
      },
    }),
  }
}

function fakeStorage(contents: Map<string, string>, calls: string[]): object {
  const own = {
    getItem: (key: string) => {
      calls.push(`get ${key}`)
      return contents.get(key) ?? null
    },
    setItem: (key: string, value: string) => {
      calls.push(`set ${key}`)
      contents.set(key, value)
    },
    removeItem: (key: string) => {
      calls.push(`remove ${key}`)
      contents.delete(key)
    },
  }
  return new Proxy(own, {
    ownKeys: () => {
      calls.push('keys')
      return [...contents.keys()]
    },
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  })
}
