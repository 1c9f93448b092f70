import type { EventResult } from '#protocol/events.ts'
import { EVENTS_PATH } from '#protocol/names.ts'
import type { Browser } from './browser.ts'
import { asObject, fromJson } from './json.ts'
import { attempt } from './log.ts'

/** Browsers allow 64 KiB of keepalive bodies at once, all of the page's together. */
const KEEPALIVE_BYTES = 60_000
const PATIENCE_MS = 30_000
const LONGEST_RETRY_AFTER_S = 600

/** What came of one request. */
export interface Reply {
  /** HTTP's; 0 where there was no answer in time, or none that makes sense. */
  status: number
  /** With 200, one for each event. */
  results?: EventResult[]
  /** The server said when to come back. */
  afterMs?: number
  /** It left with a beacon, whose answer nobody hears. */
  isUnheard?: boolean
}

export interface Transport {
  /** `mayBeacon`: what keepalive has no room for goes as a beacon, for the page is leaving. */
  send: (body: string, count: number, mayBeacon: boolean) => Promise<Reply>
}

export function createTransport(
  browser: Browser,
  host: string,
  credentials: () => RequestCredentials,
): Transport {
  const url = host + EVENTS_PATH
  let keptAlive = 0

  /** No header but this one and no custom method: a preflight would cost a round trip, and the last events. */
  async function post(body: string, keepalive: boolean, count: number): Promise<Reply> {
    try {
      const response = await browser.fetch(url, {
        method: 'POST',
        body,
        headers: { 'content-type': 'text/plain' },
        keepalive,
        credentials: credentials(),
      })
      return readReply(response, asObject(fromJson(await response.text()))?.['results'], count)
    } catch {
      return { status: 0 } // offline, blocked, cut off: it will be sent again
    }
  }

  return {
    send: async (body, count, mayBeacon) => {
      const bytes = browser.bytes(body)
      const keepalive = keptAlive + bytes <= KEEPALIVE_BYTES
      if (!keepalive && mayBeacon && browser.beacon(url, body))
        return { status: 0, isUnheard: true }
      if (keepalive) keptAlive += bytes
      return new Promise((resolve) => {
        const cancel = browser.after(PATIENCE_MS, () => resolve({ status: 0 }))
        void post(body, keepalive, count).then((reply) => {
          cancel()
          if (keepalive) keptAlive -= bytes
          resolve(reply)
        })
      })
    },
  }
}

/** A proxy's page or half an answer stored nothing that we know of; ids make sending again safe. */
function readReply({ status, headers }: Response, results: unknown, count: number): Reply {
  if (status !== 200) {
    const seconds = Number(attempt(() => headers.get('retry-after')))
    return { status, afterMs: Math.min(seconds, LONGEST_RETRY_AFTER_S) * 1000 || 0 }
  }
  const isWhole =
    Array.isArray(results) && results.length === count && results.every((one) => asObject(one))
  return isWhole ? { status, results } : { status: 0 }
}
