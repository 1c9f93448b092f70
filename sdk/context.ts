import type { Context, Page } from '#protocol/events.ts'
import type { DeviceClass, PageType } from '#protocol/names.ts'
import { redactText, redactUrl } from '#protocol/redact.ts'
import type { Browser } from './browser.ts'
import { attempt } from './log.ts'

const MAX_URL = 2_048

/** What holds for the whole page; read anew for each request, since windows are resized. */
export function readContext({ window }: Browser): Context {
  const { navigator, screen, innerWidth, innerHeight } = window
  const tagVersion = __GP_VERSION__
  return attempt(
    () => ({
      locale: `${navigator.language}`.slice(0, 35),
      timeZone: timeZoneOf(window).slice(0, 64),
      screen: size(screen.width, screen.height),
      viewport: size(innerWidth, innerHeight),
      device: deviceOf(navigator),
      tagVersion,
    }),
    { tagVersion },
  )
}

/** The page as the event saw it, without what looks private. */
export function readPage(browser: Browser, referrer: string, type: PageType | undefined): Page {
  const { window, document } = browser
  const origin = attempt(() => window.location.origin)
  // Of another site only origin and path: its query is not ours to read.
  const isOwn = referrer.startsWith(`${origin}/`)
  const seen = isOwn ? referrer : referrer.split(/[?#]/)[0]
  return {
    url: redactUrl(addressOf(window)).slice(0, MAX_URL),
    referrer: redactUrl(`${seen}`).slice(0, MAX_URL),
    title: redactText(titleOf(document)) ?? '',
    ...(type && { type }),
  }
}

export function addressOf(window: Window): string {
  return attempt(() => `${window.location.href}`, '')
}

export function titleOf(document: Document): string {
  return attempt(() => `${document.title}`.slice(0, 500), '')
}

function size(width: number, height: number): [number, number] {
  return [Number(width) || 0, Number(height) || 0]
}

interface WithTemporal {
  readonly Temporal?: { readonly Now: { timeZoneId(): string } }
}

/** A page's first Intl.DateTimeFormat takes longer than all the rest of the tag; Temporal, where it is, nothing. */
function timeZoneOf({ Temporal }: Window & WithTemporal): string {
  const zone = attempt(() => Temporal?.Now.timeZoneId())
  return `${zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone}`
}

/** iPadOS calls itself a Mac and is told from one by its touch points. */
function deviceOf({ userAgent, maxTouchPoints }: Navigator): DeviceClass {
  if (/iPad|Tablet|Android(?!.*Mobi)/i.test(userAgent)) return 'tablet'
  if (/Mobi/.test(userAgent)) return 'phone'
  return /Mac/.test(userAgent) && maxTouchPoints > 1 ? 'tablet' : 'desktop'
}
