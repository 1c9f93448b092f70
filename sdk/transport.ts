import type { Batch } from '#protocol/events.ts'
import type { Browser } from './browser.ts'
import { asObject, fromJson, toJson, type PlainObject } from './json.ts'

/** Browsers allow 64 KiB of keepalive bodies at once, all of the page's together. */
const KEEPALIVE_BYTES = 60_000
const PATIENCE_MS = 30_000
const LONGEST_RETRY_AFTER_S = 600

/** What every request says: who asks, and of which shop. */
export type Envelope = Omit<Batch, 'events'>

/** What came of one request. */
export interface Reply {
  /** HTTP's; 0 where there was no answer in time. */
  status: number
  /** The body, where it is an object. */
  answer?: PlainObject | undefined
  /** The server said when to come back. */
  afterMs?: number
}

/**
 * `fields`: JSON of what the request says besides, without its braces. `mayBeacon`: what keepalive has no room for goes as a beacon, for the page is leaving; nobody hears its answer, so it
 * gives undefined.
 */
export type Send = (
  path: string,
  envelope: Envelope,
  fields: string,
  mayBeacon?: boolean,
) => Promise<Reply | undefined>

/** Asks the server at `path`; `given` besides who asks. */
export type Ask = (path: string, given: object) => Promise<Reply | undefined>

export function createTransport(browser: Browser, host: string): Send {
  let keptAlive = 0

  /** No header, so it goes as text/plain: a preflight would cost a round trip, and the last events. */
  async function post(
    url: string,
    body: string,
    keepalive: boolean,
    visitor: Envelope['visitor'],
  ): Promise<Reply> {
    try {
      const response = await browser.fetch(url, {
        method: 'POST',
        body,
        keepalive,
        credentials: visitor && 'cookie' in visitor ? 'include' : 'omit',
      })
      const { status, headers } = response
      const seconds = Math.min(Number(headers.get('retry-after')), LONGEST_RETRY_AFTER_S)
      const answer = asObject(fromJson(await response.text()))
      return { status, answer, afterMs: seconds * 1000 }
    } catch {
      return { status: 0 } // offline, blocked, cut off: it will be sent again
    }
  }

  return async (path, envelope, fields, mayBeacon) => {
    const url = host + path
    const body = `${toJson(envelope).slice(0, -1)},${fields}}`
    const bytes = browser.bytes(body)
    const keepalive = keptAlive + bytes <= KEEPALIVE_BYTES
    if (!keepalive && mayBeacon && browser.beacon(url, body)) return undefined
    const kept = keepalive ? bytes : 0
    keptAlive += kept
    return new Promise((resolve) => {
      const stopClock = browser.after(PATIENCE_MS, () => resolve({ status: 0 }))
      void post(url, body, keepalive, envelope.visitor).then((reply) => {
        stopClock()
        keptAlive -= kept
        resolve(reply)
      })
    })
  }
}
