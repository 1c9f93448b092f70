import type { Context, Page } from '#protocol/events.ts'
import type { DeviceClass } from '#protocol/names.ts'
import { withoutSecrets } from '#protocol/redact.ts'
import type { Browser } from './browser.ts'
import { attempt } from './log.ts'

const MAX_URL = 2_048

/** The page as it goes over the wire, with whatever type the shop gives it. */
export type SeenPage = Omit<Page, 'type'> & { type: string | undefined }

/** What holds for the whole page; read anew for each request, since windows are resized. */
export function readContext({ window }: Browser): Context {
  const seen = attempt((): Context => {
    const { navigator, screen, innerWidth, innerHeight, Temporal } = window
    return {
      locale: textOf(() => navigator.language, 35),
      // A page's first Intl.DateTimeFormat takes longer than all the rest of the tag; Temporal, where it is, nothing.
      timeZone: textOf(
        () =>
          Temporal ? Temporal.Now.timeZoneId() : Intl.DateTimeFormat().resolvedOptions().timeZone,
        64,
      ),
      screen: [screen.width | 0, screen.height | 0],
      viewport: [innerWidth | 0, innerHeight | 0],
      device: deviceOf(navigator),
    }
  })
  return { ...seen, tagVersion: __GP_VERSION__ }
}

/** The page as the event saw it. What looks private in it the server takes out; secrets do not even leave. */
export function readPage(
  { window }: Browser,
  referrer: string,
  type: string | undefined,
): SeenPage {
  const url = addressOf(window)
  // Of another site only origin and path: its query is not ours to read.
  const isOurs = referrer.startsWith(`${window.location.origin}/`)
  return {
    url: readable(url),
    referrer: readable(isOurs ? referrer : referrer.replace(/[?#].*/s, '')),
    title: textOf(() => window.document.title, 500),
    type,
  }
}

function readable(url: string): string {
  return withoutSecrets(withoutAnchor(url)).slice(0, MAX_URL)
}

/** A fragment stays only where it is a route: `#/cart`, `#!cart`. */
export function withoutAnchor(url: string): string {
  return url.replace(/#(?![/!]).*/s, '')
}

/** Nothing can break `location`, and many ask. */
export function addressOf({ location }: Window): string {
  return location.href
}

/** What `read` gives as a text, empty where the page has broken it. */
export function textOf(read: () => unknown, length?: number): string {
  return attempt(() => String(read()).slice(0, length), '')
}

/** iPadOS calls itself a Mac and is told from one by its touch points; Android's tablets do not say `Mobile`. */
function deviceOf({ userAgent, maxTouchPoints }: Navigator): DeviceClass {
  if (/Mobi/.test(userAgent)) return 'phone'
  return /Mac|Android/.test(userAgent) && maxTouchPoints > 1 ? 'tablet' : 'desktop'
}
