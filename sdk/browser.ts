import { newUuid } from './ids.ts'
import { attempt } from './log.ts'

/** A page's window with what not every browser, nor TypeScript, has. */
export type PageWindow = Window &
  typeof globalThis & {
    readonly navigation?: EventTarget
    readonly Temporal?: { readonly Now: { timeZoneId: () => string } }
    readonly document: { readonly prerendering?: boolean }
    readonly navigator: { readonly globalPrivacyControl?: boolean }
    readonly __tcfapi?: unknown
  }

/** What the tag takes of the page, once and early: scripts that come later may replace any of it. */
export interface Browser {
  readonly window: PageWindow
  fetch: (url: string, init: RequestInit) => Promise<Response>
  /** False where the browser refuses or lacks beacons. */
  beacon: (url: string, body: string) => boolean
  /** Epoch ms. */
  now: () => number
  /** Milliseconds by a clock that nobody sets. */
  monotonic: () => number
  after: (ms: number, run: () => void) => () => void
  randomBytes: (count: number) => Uint8Array
  /** A UUID; those made later sort later. */
  newId: () => string
  /** From 0 to 1. */
  random: () => number
  /** How many bytes `text` has on the wire. */
  bytes: (text: string) => number
  /** Loads a module of ours. */
  load: (url: string) => Promise<unknown>
}

export function takeBrowser(window: PageWindow): Browser {
  const { TextEncoder, performance, crypto, navigator } = window
  const { now } = window.Date
  const { random } = window.Math
  const fetch = window.fetch.bind(window)
  const setTimeout = window.setTimeout.bind(window)
  const clearTimeout = window.clearTimeout.bind(window)
  const beacon = attempt(() => navigator.sendBeacon.bind(navigator))

  const browser: Browser = {
    window,
    now,
    random,
    fetch,
    beacon: (url, body) => attempt(() => beacon?.(url, body)) ?? false,
    monotonic: () => Number(attempt(() => performance.now())) || now(),
    after: (ms, run) => {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
    // Without crypto an id has to be unique still; a guessable token opens this browser's own profile only.
    randomBytes: (count) => {
      const bytes = new Uint8Array(count).map(() => random() * 256)
      attempt(() => crypto.getRandomValues(bytes))
      return bytes
    },
    bytes: (text) => attempt(() => new TextEncoder().encode(text).length) || text.length * 3,
    newId: () => newUuid(browser, now()),
    load: (url) => import(/* @vite-ignore */ url),
  }
  return browser
}
